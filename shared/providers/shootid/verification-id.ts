import { validateCaseId } from '../../parsing/case-id.ts';
import { percentEncode } from '../../parsing/percent-encode.ts';

const prefix = 'shootid:';

/**
 * Makes the id of the verification from the id of a ShootID transaction.
 *
 * @returns null if the text is no id
 * @example shootidVerificationId('2c95841e45404f7e0145405da33f0009') // 'shootid:2c95841e45404f7e0145405da33f0009'
 */
export function shootidVerificationId(transactionId: unknown): string | null {
  const id = validateCaseId(transactionId);
  return id === null ? null : `${prefix}${percentEncode(id)}`;
}

/** Returns the transaction's id from a verification's id. It stays percent-encoded, for the query of a URL. */
export function getEncodedTransactionId(verificationId: string): string {
  return verificationId.slice(prefix.length);
}
