import type { Id360DocumentKind } from './document-kinds.ts';

export type Id360EnrollmentStatus = 'NEW' | 'STARTED' | 'OK' | 'KO' | 'FAILED' | 'CANCELED' | 'DISCONTINUED';

interface ReportStatusCode {
  code: string;
  /** ID360's message that explains the status code. Default: the code itself. */
  message?: string;
  /** The ID360 step that set the status code. Default: `id_document`. */
  where?: string;
}

export interface Id360ReportOptions {
  id: number | string;
  status: Id360EnrollmentStatus;
  reason?: string | null;
  /** The caller's own id of the case, which ID360 calls the client reference. */
  clientReference?: string;
  /** The time at which the enrollment ended. */
  time?: Date;
  /** Replaces values of the sample person in the report. */
  person?: Readonly<Record<string, unknown>>;
  /** True if the report has the sections `identity` and `extracted_data`. Default: true only for the statuses OK and KO. */
  read?: boolean;
  /** The kinds of documents in the report. Default: identity document, selfie and liveness videos. */
  documents?: readonly Id360DocumentKind[];
  /** The key under which the report lists identity documents. We observed both keys in real reports. */
  identityKey?: 'identity' | 'identity_document';
  /** The scheme and host of each document URL. The first document uses the first entry, and so on. */
  fileOrigins?: readonly string[];
  /** Must equal the simulator's option `videoPadding`. Otherwise, the video hashes in the report are wrong. */
  videoPadding?: number;
  statusCodes?: readonly ReportStatusCode[];
  /** The text in the place of each secret and internal key in the report. Default: `SECRET_CANARY`. */
  canary?: string;
  /** True if the report has a `signature`. Default: true. */
  signature?: boolean;
}
