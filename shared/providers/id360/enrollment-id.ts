import { percentEncode } from '../percent-encode.ts';

/** As long as the parts of other providers' ids: see `idnow/verification-id.ts` for the keys it ends up in. */
const longestId = 255;
const longestEncoded = 600;
const prefix = 'id360:';

/**
 * The id of an enrollment as text: callbacks carry an integer, the guide shows UUIDs. Null where it is missing,
 * blank, too long for a key, not valid Unicode, or an integer that JSON may have rounded. `.` and `..` are no
 * ids: they would lead elsewhere in a URL, even when encoded.
 */
export function enrollmentId(id: unknown): string | null {
  if (typeof id === 'number') return Number.isSafeInteger(id) && id >= 0 ? String(id) : null;
  if (typeof id !== 'string' || id.length > longestId || !id.isWellFormed()) return null;
  if (/^\.{1,2}$/.test(id) || id.trim() === '') return null;
  return percentEncode(id).length > longestEncoded ? null : id;
}

/** @example verificationId('50123') // 'id360:50123' */
export function verificationId(id: string): string {
  return `${prefix}${percentEncode(id)}`;
}

/** The enrollment's id in an id that `verificationId` made, percent-encoded still: a segment of a URL's path. */
export function enrollmentIdOf(verificationId: string): string {
  return verificationId.slice(prefix.length);
}
