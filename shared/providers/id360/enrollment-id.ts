import { caseId } from '../../parsing/case-id.ts';
import { percentEncode } from '../../parsing/percent-encode.ts';

const prefix = 'id360:';

/**
 * The id of an enrollment as text: callbacks carry an integer, the guide shows UUIDs. Null where it is none, or
 * an integer that JSON may have rounded.
 */
export function enrollmentId(id: unknown): string | null {
  if (typeof id === 'number') return Number.isSafeInteger(id) && id >= 0 ? String(id) : null;
  return caseId(id);
}

/** @example verificationId('50123') // 'id360:50123' */
export function verificationId(id: string): string {
  return `${prefix}${percentEncode(id)}`;
}

/** The enrollment's id in an id that `verificationId` made, percent-encoded still: a segment of a URL's path. */
export function enrollmentIdOf(verificationId: string): string {
  return verificationId.slice(prefix.length);
}
