import { caseId } from '../../parsing/case-id.ts';
import { percentEncode } from '../../parsing/percent-encode.ts';

const prefix = 'datakeen:';

/**
 * Validates the id of a session. An ObjectId in upper case becomes lower case: it names the same session at Datakeen, so
 * it must be the same verification here.
 *
 * @returns null if the value is not an id
 */
export function parseSessionId(id: unknown): string | null {
  const given = caseId(id);
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

/** Returns the id of the session in a verification's id. It stays percent-encoded, for use in the path of a URL. */
export function encodedSessionId(verificationId: string): string {
  return verificationId.slice(prefix.length);
}
