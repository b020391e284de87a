import { nullIfBlank } from '../../parsing/text.ts';

/** The maximum length of a reference, in characters: the longest that any provider allows. */
const longestReference = 255;

/**
 * Reads `client_reference`, the caller's own id of a case.
 *
 * @returns null if the value is missing, blank, too long, or not valid Unicode
 */
export function parseClientReference(raw: unknown): string | null {
  const given = typeof raw === 'number' ? String(raw) : raw;
  if (typeof given !== 'string' || given.length > longestReference || !given.isWellFormed()) return null;
  return nullIfBlank(given);
}
