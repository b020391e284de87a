import type { DocumentKind } from './document-kinds.ts';

export type EnrollmentStatus = 'NEW' | 'STARTED' | 'OK' | 'KO' | 'FAILED' | 'CANCELED' | 'DISCONTINUED';

interface ReportStatusCode {
  code: string;
  /** The text of the code. Default: the code itself. */
  message?: string;
  /** The step that set the code. Default: `id_document`. */
  where?: string;
}

export interface ReportOptions {
  id: number | string;
  status: EnrollmentStatus;
  reason?: string | null;
  /** The caller's own id of the case. */
  clientReference?: string;
  /** When the enrollment ended. */
  time?: Date;
  /** Values that replace values of the identity. */
  person?: Readonly<Record<string, unknown>>;
  /** Whether the report has `identity` and `extracted_data`. Default: true for OK and KO, otherwise false. */
  read?: boolean;
  /** The kinds of documents. Default: identity document, selfie and liveness videos. */
  documents?: readonly DocumentKind[];
  /** The key of the identity documents. Both keys were observed. */
  identityKey?: 'identity' | 'identity_document';
  /** The origins in the URLs of the documents. The documents use them in turn. */
  fileOrigins?: readonly string[];
  /** The `videoPadding` of the simulator. The hashes depend on it. */
  videoPadding?: number;
  statusCodes?: readonly ReportStatusCode[];
  /** Replaces `CANARY`, the text that stands for secrets and internal keys. */
  canary?: string;
  /** Whether the report has a signature block. Default: true. */
  signature?: boolean;
}
