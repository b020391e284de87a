import type { IdentState } from './ident-states.ts';
import type { IdnowSpecimen } from './specimens.ts';

export interface IdentOptions {
  state: IdentState;
  companyId: string;
  transactionNumber: string;
  /** When the user or the agent finished. Ignored in states without a time. */
  time: Date;
  /** IDnow's IdentID. Default: an id that is computed from the transaction number. */
  identId?: string;
  person?: IdnowSpecimen;
  /** Replaces the usual `result` of the state, for example with `start`. Null omits `result`. */
  result?: string | null;
  /** Replaces the usual `reason` of the state. */
  reason?: string;
  /** The result of the earlier real-time webhook. Final results repeat it. */
  previousResult?: 'FRAUD_SUSPICION_PENDING' | 'REVIEW_PENDING';
  /** False omits the document and the attachments. IDnow's text describes unfinished idents this way; its samples differ. */
  readout?: boolean;
  /** Whether a reviewer corrected the birthday after the identification. */
  reviewed?: boolean;
  /** The name at birth, as read from the document. */
  birthname?: string;
  title?: string;
  /** Whether the document is a driver's license with its classes. */
  driverLicenses?: boolean;
  /** Whether the user also shows a driver's license as a second document. */
  secondDocument?: boolean;
  /** The result of the proof of address. If it is set, the ident also has a utility bill. */
  proofOfAddress?: 'SUCCESS' | 'SUCCESS_DATA_CHANGED' | 'CANCELED';
  /** Whether data was read from the document's chip. */
  nfc?: boolean;
  /** Whether the user signed contracts. */
  esigning?: boolean;
  bankTransfer?: boolean;
  custom?: Partial<Record<'custom1' | 'custom2' | 'custom3' | 'custom4' | 'custom5', string>>;
  images?: 'jpg' | 'png';
}
