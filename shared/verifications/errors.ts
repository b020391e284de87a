import { IdvError } from '../platform/errors.ts';

/** Thrown when a verification could not be written although nothing is wrong with it: try again. */
export class ContentionError extends IdvError {
  override readonly name = 'ContentionError';
  constructor(verificationId: string, tries: number) {
    super(`${verificationId} was changed by others ${tries} times in a row; the delivery must be sent again`);
  }
}

/** Thrown when evidence arrives for a verification that no longer exists (its retention has ended). */
export class UnknownVerificationError extends IdvError {
  override readonly name = 'UnknownVerificationError';
  constructor(verificationId: string) {
    super(`${verificationId} is not in the table; its retention may have ended`);
  }
}
