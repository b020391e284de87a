import { countryNames } from './country-names.ts';
import { foldCountryName, listFoldedCountryNames } from './fold-country-name.ts';

/** The longest accepted name. No country's name is longer. */
const longestName = 100;

/** The code of each folded name. It is built for the first value that is no code, because most values are codes. */
let codeByName: ReadonlyMap<string, string> | undefined;

/**
 * Finds a country by its name in English, French or German.
 *
 * @returns the alpha-2 code; null if no country or more than one country has this name
 */
export function findCountryByName(name: string): string | null {
  if (name.length > longestName) return null;
  codeByName ??= indexCountryNames();
  return codeByName.get(foldCountryName(name)) ?? null;
}

function indexCountryNames(): ReadonlyMap<string, string> {
  const codes = new Map<string, string>();
  for (const line of countryNames.trim().split('\n')) {
    const code = line.slice(0, 2);
    for (const name of line.slice(3).split('|')) {
      for (const folded of listFoldedCountryNames(name)) codes.set(folded, code);
    }
  }
  return codes;
}
