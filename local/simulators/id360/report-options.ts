import type { DocumentKind } from './document-kinds.ts';

export type EnrollmentStatus = 'NEW' | 'STARTED' | 'OK' | 'KO' | 'FAILED' | 'CANCELED' | 'DISCONTINUED';

interface ReportStatusCode {
  code: string;
  /** The code itself unless told otherwise. */
  message?: string;
  /** The step that gave it, `id_document` unless told otherwise. */
  where?: string;
}

export interface ReportOptions {
  id: number | string;
  status: EnrollmentStatus;
  reason?: string | null;
  /** The caller's own id. */
  clientReference?: string;
  /** When the enrollment ended. */
  time?: Date;
  /** Replaces values of the identity. */
  person?: Readonly<Record<string, unknown>>;
  /** False leaves `identity` and `extracted_data` out; they are there in OK and KO unless told otherwise. */
  read?: boolean;
  /** Identity document, selfie and liveness videos unless told otherwise. */
  documents?: readonly DocumentKind[];
  /** Both have been observed. */
  identityKey?: 'identity' | 'identity_document';
  /** Hosts in the URLs of the documents, which take turns. */
  fileOrigins?: readonly string[];
  /** What the simulator was started with, so that hashes fit. */
  videoPadding?: number;
  statusCodes?: readonly ReportStatusCode[];
  /** Replaces the text that stands for secrets and internal keys. */
  canary?: string;
  /** False leaves the signature block out. */
  signature?: boolean;
}
