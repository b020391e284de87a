import { foldText } from './fold-text.ts';

/** Letters, words and titles in English, German and French. */
const words = {
  male: 'm male man h mann mannlich maennlich herr hr mr mister homme masculin monsieur',
  female: 'f female woman w frau weiblich fr mrs ms miss femme feminin madame mme mademoiselle mlle',
};

const genders: ReadonlyMap<string, string> = new Map(
  Object.entries(words).flatMap(([gender, list]) => list.split(' ').map((word) => [word, gender] as const)),
);

/** Letters and words for other genders, and for a gender that the document or the person does not specify. */
const otherGenders: ReadonlySet<string> = new Set([
  // Machine-readable zones have `<` or `X` for an unspecified gender (ICAO 9303). German law calls the third one `divers`.
  ...['<', 'x', 'd', 'o', 'u'],
  ...['other', 'autre', 'andere', 'anderes', 'diverse', 'divers', 'inter', 'intersex', 'intersexe'],
  ...['nonbinary', 'non binary', 'non binaire', 'nichtbinar', 'nicht binar', 'neutral', 'neutre'],
  ...['unspecified', 'not specified', 'non specifie', 'nicht angegeben', 'keine angabe', 'undisclosed'],
  ...['undetermined', 'indetermine', 'unbestimmt', 'unknown', 'inconnu', 'unbekannt'],
]);

/** No known word is longer. The limit keeps long texts from being folded. */
const longestWord = 20;

/**
 * Returns `female` or `male` for the letters, words and titles that mean one of them in English, German or French, such
 * as `M`, `homme` or `Frau`. Returns a known word for another or an unspecified gender as the provider gives it, in lower
 * case and without the white space around it: `x`, `divers`, `unspecified`.
 *
 * @returns null if the value is missing, or no word for a gender, such as `N/A` or the name of a country
 */
export function parseGender(value: string | null | undefined): string | null {
  const given = value?.trim().toLowerCase() ?? '';
  if (given === '' || given.length > longestWord) return null;
  const word = foldText(given)
    .replace(/\.$/, '')
    .replace(/[\s_-]+/g, ' ');
  return genders.get(word) ?? (otherGenders.has(word) ? given : null);
}
