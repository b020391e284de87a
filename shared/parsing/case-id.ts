import { percentEncode } from './percent-encode.ts';

/** As long as the parts of IDnow's ids: see `idnow/verification-id.ts` for the keys that ids end up in. */
const longestId = 255;
const longestEncoded = 600;

/**
 * A provider's id of a case, given as text. Null where it is missing, blank, too long for a key or not valid
 * Unicode. `.` and `..` are no ids: they would lead elsewhere in a URL, even when encoded.
 */
export function caseId(id: unknown): string | null {
  if (typeof id !== 'string' || id.length > longestId || !id.isWellFormed()) return null;
  if (/^\.{1,2}$/.test(id) || id.trim() === '') return null;
  return percentEncode(id).length > longestEncoded ? null : id;
}
