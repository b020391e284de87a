/**
 * Returns a text in lower case and without accents, so that two spellings of a word are equal: `FÉMININ` and `féminin`,
 * `Großbritannien` and `GROSSBRITANNIEN`.
 */
export function foldText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss');
}
