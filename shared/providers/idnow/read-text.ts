/**
 * Reads a text. A number is read as text, because a provider may send a zip code or a document number as a number.
 *
 * @returns null if the value is blank, or has another type
 */
export function readText(raw: unknown): string | null {
  if (typeof raw === 'string') return raw.trim() === '' ? null : raw;
  return typeof raw === 'number' && Number.isFinite(raw) ? String(raw) : null;
}
