import { percentEncode } from './percent-encode.ts';

// The limits of IDnow's ids. `idnow/verification-id.ts` explains them: ids become parts of keys in DynamoDB and S3.
const longestId = 255;
const longestEncoded = 600;

/**
 * Validates a provider's id of a case.
 *
 * @returns null if the id is not text, blank, too long for a key, or not valid Unicode; also for `.` and `..`, which
 * change the path of a URL even if they are encoded
 */
export function caseId(id: unknown): string | null {
  if (typeof id !== 'string' || id.length > longestId || !id.isWellFormed()) return null;
  if (/^\.{1,2}$/.test(id) || id.trim() === '') return null;
  return percentEncode(id).length > longestEncoded ? null : id;
}
