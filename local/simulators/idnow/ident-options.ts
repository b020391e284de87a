import type { IdentState } from './ident-states.ts';
import type { IdnowSamplePerson } from './specimens.ts';

export interface IdentOptions {
  state: IdentState;
  companyId: string;
  transactionNumber: string;
  /** The time at which the user or IDnow's agent finished. Idents in states without such a time do not contain it. */
  time: Date;
  /** IDnow's own id of the ident. Default: an id that is computed from the transaction number. */
  identId?: string;
  person?: IdnowSamplePerson;
  /** Replaces the default `result` of the ident's state. If null, the ident has no `result`. */
  result?: string | null;
  /** Replaces the default `reason` of the ident's state. */
  reason?: string;
  /** The `previousresult` of a final webhook: the result that the earlier real-time webhook reported. */
  previousResult?: 'FRAUD_SUSPICION_PENDING' | 'REVIEW_PENDING';
  /** If false, the ident has no document and no attachments, as IDnow documents it for unfinished idents. */
  readout?: boolean;
  /** True if a reviewer corrected the birthday after the identification. */
  reviewed?: boolean;
  /** The person's name at birth, as printed on the document. */
  birthname?: string;
  title?: string;
  /** True if the document is a driver's license. The ident then lists the license classes. */
  driverLicenses?: boolean;
  /** True if the user also shows a driver's license, as a second document. */
  secondDocument?: boolean;
  /** The result of the proof of address. If set, the ident also contains a utility bill. */
  proofOfAddress?: 'SUCCESS' | 'SUCCESS_DATA_CHANGED' | 'CANCELED';
  /** True if data was read from the document's NFC chip. */
  nfc?: boolean;
  /** True if the user signed contracts. */
  esigning?: boolean;
  bankTransfer?: boolean;
  custom?: Partial<Record<'custom1' | 'custom2' | 'custom3' | 'custom4' | 'custom5', string>>;
  images?: 'jpg' | 'png';
}
