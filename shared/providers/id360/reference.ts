import { text } from '../../parsing/text.ts';

/** As long as the longest reference that another provider allows. */
const longestReference = 255;

/** `client_reference`, the caller's own id of a case; null where there is none, or none that could be kept. */
export function clientReference(raw: unknown): string | null {
  const given = typeof raw === 'number' ? String(raw) : raw;
  if (typeof given !== 'string' || given.length > longestReference || !given.isWellFormed()) return null;
  return text(given);
}
