import { IdvError } from '../platform/errors.ts';

/** Thrown if other writers changed a verification during every try to write it. The caller may try again. */
export class ContentionError extends IdvError {
  override readonly name = 'ContentionError';
  constructor(verificationId: string, tries: number) {
    super(`${verificationId} was changed by others ${tries} times in a row; the delivery must be sent again`);
  }
}

/** Thrown if evidence arrives for a verification whose row no longer exists, because its retention has ended. */
export class UnknownVerificationError extends IdvError {
  override readonly name = 'UnknownVerificationError';
  constructor(verificationId: string) {
    super(`${verificationId} is not in the table; its retention may have ended`);
  }
}
