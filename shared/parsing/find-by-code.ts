/** White space around a word is forgiven, but not a row's worth of it. */
const longestWord = 100;

/**
 * What a provider's word means, without its case and the space around it.
 *
 * @param meanings by the word in upper case
 * @returns null where the word is not text, or unknown
 */
export function findByWord<T>(meanings: ReadonlyMap<string, T>, word: unknown): T | null {
  if (typeof word !== 'string' || word.length > longestWord) return null;
  return meanings.get(asciiUpperCase(word.trim())) ?? null;
}

/** `toUpperCase` would make SUCCESS out of `SUCCEß`. */
function asciiUpperCase(text: string): string {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}
