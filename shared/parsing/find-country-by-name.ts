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
  codesByName ??= readNames();
  return codesByName.get(foldCountryName(name)) ?? null;
}

/** The code of each name. The first search creates this map, because most countries arrive as codes. */
let codesByName: ReadonlyMap<string, string> | undefined;

function readNames(): ReadonlyMap<string, string> {
  const lines = countryNames.trim().split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [code = '', ...names] = line.split('|').slice(0, -1);
      return names.map((name) => [name, code] as const);
    }),
  );
}
