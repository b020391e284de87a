import { countryNames } from './country-names.ts';
import { foldCountryName } from './fold-country-name.ts';

/** The longest accepted name. No country's name is longer. */
const longestName = 100;

/**
 * Finds a country by its name in English, French or German.
 *
 * @returns the alpha-2 code; null if no country or more than one country has this name
 */
export function findCountryByName(name: string): string | null {
  if (name.length > longestName) return null;
  const found = countryNames.indexOf(`|${foldCountryName(name)}|`);
  if (found === -1) return null;
  const line = countryNames.lastIndexOf('\n', found) + 1;
  return countryNames.slice(line, line + 2);
}
