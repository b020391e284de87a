import { percentEncode } from './percent-encode.ts';

// The longest id of a case, plain and percent-encoded. Ids become parts of keys in DynamoDB and S3, so they have the
// limits that `idnow/verification-id.ts` explains.
const longestId = 255;
const longestEncoded = 600;

/**
 * Validates a provider's id of a case.
 *
 * @returns null if the id is not text, blank, too long for a key, or not valid Unicode. Also null for `.` and `..`,
 * because they change the path of a URL even if they are percent-encoded
 */
export function validateCaseId(id: unknown): string | null {
  if (typeof id !== 'string' || id.length > longestId || !id.isWellFormed()) return null;
  if (/^\.{1,2}$/.test(id) || id.trim() === '') return null;
  return percentEncode(id).length > longestEncoded ? null : id;
}
