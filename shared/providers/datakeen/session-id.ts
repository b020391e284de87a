import { caseId } from '../../parsing/case-id.ts';
import { percentEncode } from '../../parsing/percent-encode.ts';

const prefix = 'datakeen:';

/**
 * The id of a session; null where it is none. An ObjectId in capitals names the same session at Datakeen, and must
 * not be another verification here.
 */
export function sessionId(id: unknown): string | null {
  const given = caseId(id);
  return given !== null && /^[0-9a-f]{24}$/i.test(given) ? given.toLowerCase() : given;
}

/** @example verificationId('662f5f9c9c18e30012c2f021') // 'datakeen:662f5f9c9c18e30012c2f021' */
export function verificationId(id: string): string {
  return `${prefix}${percentEncode(id)}`;
}

/** The session's id in an id that `verificationId` made, percent-encoded still: a segment of a URL's path. */
export function sessionIdOf(verificationId: string): string {
  return verificationId.slice(prefix.length);
}
