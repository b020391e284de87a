import { IdvError } from '../platform/errors.ts';

/** Thrown if other writers changed a verification during every try to write it. The caller may try again. */
export class ContentionError extends IdvError {
  override readonly name = 'ContentionError';
  constructor(verificationId: string, tries: number) {
    super(`${verificationId} was changed by others ${tries} times in a row; the delivery must be sent again`);
  }
}

/**
 * Thrown if a job ends whose row is no longer in the table: the row expired or was erased, or has another generation now.
 */
export class UnknownVerificationError extends IdvError {
  override readonly name = 'UnknownVerificationError';
  constructor(verificationId: string) {
    super(`${verificationId} is not in the table; its retention may have ended`);
  }
}

/** Thrown if a case shall be erased that a legal hold protects. */
export class CaseIsHeldError extends IdvError {
  override readonly name = 'CaseIsHeldError';
  constructor(verificationId: string) {
    super(
      `${verificationId} is under a legal hold, so it is not erased; release it first with "idv release"`,
    );
  }
}

/** Thrown if an item is no row of this project: somebody has written it by hand, or a copy has damaged it. */
export class UnreadableRowError extends IdvError {
  override readonly name = 'UnreadableRowError';
  constructor(verificationId: string, options?: ErrorOptions) {
    super(`the row of ${verificationId} cannot be read: restore it from a backup`, options);
  }
}
