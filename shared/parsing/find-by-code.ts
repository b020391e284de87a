/** No provider's code is longer. The limit bounds the cost of white space around a code. */
const longestCode = 100;

/**
 * Finds what a provider's code means, such as a status or a reason. Lower case and white space around the code are
 * accepted.
 *
 * @param meanings keyed by the code in upper case
 * @returns null if the code is not text, or unknown
 */
export function findByCode<T>(meanings: ReadonlyMap<string, T>, code: unknown): T | null {
  if (typeof code !== 'string' || code.length > longestCode) return null;
  return meanings.get(asciiUpperCase(code.trim())) ?? null;
}

/** Changes ASCII letters only: `toUpperCase` would turn `SUCCEß` into `SUCCESS`. */
function asciiUpperCase(text: string): string {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}
