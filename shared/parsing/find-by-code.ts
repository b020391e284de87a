/**
 * The longest accepted code; no provider's code is longer. Without a limit, a text with much white space would take long
 * to trim.
 */
const longestCode = 100;

/**
 * Finds the meaning of a provider's code, such as a status or a reason code. Lower case and white space around the code
 * are accepted.
 *
 * @param meanings keyed by the code in upper case
 * @returns null if the code is not text, or unknown
 */
export function findByCode<T>(meanings: ReadonlyMap<string, T>, code: unknown): T | null {
  if (typeof code !== 'string' || code.length > longestCode) return null;
  return meanings.get(asciiUpperCase(code.trim())) ?? null;
}

/**
 * Changes ASCII letters only, because `toUpperCase` would turn the unknown code `SUCCEß` into the known code `SUCCESS`.
 */
function asciiUpperCase(text: string): string {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}
