import { foldText } from './fold-text.ts';

/** Letters, words and titles in English, German and French. */
const words = {
  male: 'm male man h mann mannlich maennlich herr hr mr mister homme masculin monsieur',
  female: 'f female woman w frau weiblich fr mrs ms miss femme feminin madame mme mademoiselle mlle',
};

const genders: ReadonlyMap<string, string> = new Map(
  Object.entries(words).flatMap(([gender, list]) => list.split(' ').map((word) => [word, gender] as const)),
);

/** No known word is longer. The limit keeps long texts from being folded. */
const longestWord = 20;

/**
 * Returns `female` or `male` for the letters, words and titles that mean one of them in English, German or French, such
 * as `M`, `homme` or `Frau`. Returns any other text in lower case, without the white space around it.
 *
 * @returns null if the value is missing or blank
 */
export function parseGender(value: string | null | undefined): string | null {
  const given = value?.trim().toLowerCase() ?? '';
  if (given === '') return null;
  const word = given.length > longestWord ? given : foldText(given).replace(/\.$/, '');
  return genders.get(word) ?? given;
}
