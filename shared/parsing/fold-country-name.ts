import { foldText } from './fold-text.ts';

/** Words that one spelling of a country's name contains, and another spelling leaves out. */
const smallWords = new Set('and et und of the de d du des la le les l die der'.split(' '));

/** Short forms of words. */
const longForms: ReadonlyMap<string, string> = new Map([
  ['st', 'saint'],
  ['sankt', 'saint'],
  ['ste', 'sainte'],
]);

/**
 * Returns the words of a country's name in a form that is equal for all spellings of the name. Accents, punctuation, small
 * words and the order of the words do not count: `Korea, Republic of` and `Republic of Korea` are equal, and so are
 * `Côte d’Ivoire` and `COTE D IVOIRE`.
 */
export function foldCountryName(name: string): string {
  return foldText(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !smallWords.has(word))
    .map((word) => longForms.get(word) ?? word)
    .sort()
    .join(' ');
}
