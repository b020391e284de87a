import type { IdentState } from './ident-states.ts';
import type { Specimen } from './specimens.ts';

export interface IdentOptions {
  state: IdentState;
  companyId: string;
  transactionNumber: string;
  /** When the user or the agent finished; ignored in states that have no time. */
  time: Date;
  /** IdentID, else one that follows from the transaction number. */
  identId?: string;
  person?: Specimen;
  /** Replaces the state's own word, `start` for example; null leaves `result` out. */
  result?: string | null;
  /** Replaces the state's usual reason. */
  reason?: string;
  /** What the real-time webhook had said, on a final result. */
  previousResult?: 'FRAUD_SUSPICION_PENDING' | 'REVIEW_PENDING';
  /** False leaves document and attachments out, as the provider's prose has it for unfinished idents. */
  readout?: boolean;
  /** A reviewer has corrected the birthday after the identification. */
  reviewed?: boolean;
  /** Name at birth, read from the document. */
  birthname?: string;
  title?: string;
  /** The document is a driver's license with its classes. */
  driverLicenses?: boolean;
  /** A driver's license as a second document. */
  secondDocument?: boolean;
  /** The result of the proof of address, with the utility bill that it was taken from. */
  proofOfAddress?: 'SUCCESS' | 'SUCCESS_DATA_CHANGED' | 'CANCELED';
  /** Data was read from the document's chip. */
  nfc?: boolean;
  /** Contracts were signed. */
  esigning?: boolean;
  bankTransfer?: boolean;
  custom?: Partial<Record<'custom1' | 'custom2' | 'custom3' | 'custom4' | 'custom5', string>>;
  images?: 'jpg' | 'png';
}
