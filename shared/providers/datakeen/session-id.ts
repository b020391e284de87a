import { validateCaseId } from '../../parsing/case-id.ts';
import { percentEncode } from '../../parsing/percent-encode.ts';

const prefix = 'datakeen:';

/**
 * Validates the id of a Datakeen session. An id of 24 hexadecimal digits (an ObjectId) becomes lower case. Datakeen
 * accepts it in upper case as the same session, so it must be the same verification.
 *
 * @returns null if the value is not an id
 */
export function parseDatakeenSessionId(id: unknown): string | null {
  const given = validateCaseId(id);
  return given !== null && /^[0-9a-f]{24}$/i.test(given) ? given.toLowerCase() : given;
}

/**
 * Makes the id of the verification from the id of the session.
 *
 * @example datakeenVerificationId('662f5f9c9c18e30012c2f021') // 'datakeen:662f5f9c9c18e30012c2f021'
 */
export function datakeenVerificationId(id: string): string {
  return `${prefix}${percentEncode(id)}`;
}

/**
 * Returns the Datakeen session's id from a verification's id. It stays percent-encoded, because it becomes a part of a
 * URL's path.
 */
export function getEncodedDatakeenSessionId(verificationId: string): string {
  return verificationId.slice(prefix.length);
}
