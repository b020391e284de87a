import { validateCaseId } from '../../parsing/case-id.ts';
import { percentEncode } from '../../parsing/percent-encode.ts';

const prefix = 'id360:';

/**
 * Reads the id of an enrollment as text. Callbacks contain an integer. ID360's guide shows UUIDs.
 *
 * @returns null if the value is no id, or a number that is no safe integer. (`parseUtf8Json` returns an integer that
 * JavaScript cannot keep as text, and this text is an id.)
 */
export function parseEnrollmentId(id: unknown): string | null {
  if (typeof id === 'number') return Number.isSafeInteger(id) && id >= 0 ? String(id) : null;
  return validateCaseId(id);
}

/**
 * Makes the id of the verification from the id of the enrollment.
 *
 * @example id360VerificationId('50123') // 'id360:50123'
 */
export function id360VerificationId(id: string): string {
  return `${prefix}${percentEncode(id)}`;
}

/**
 * Returns the enrollment's id from a verification's id. It stays percent-encoded, because it becomes a part of a URL's
 * path.
 */
export function getEncodedEnrollmentId(verificationId: string): string {
  return verificationId.slice(prefix.length);
}
