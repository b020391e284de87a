import { iso31661 } from 'iso-3166';
import { foldCountryName } from '../../shared/parsing/fold-country-name.ts';
import { otherCountryNames } from './other-names.ts';

const codes = iso31661.map(({ alpha2 }) => alpha2).sort();

/** Unicode's CLDR, which is a part of Node.js, has the common names of countries. */
const cldrNames = ['en', 'fr', 'de'].flatMap((language) =>
  (['long', 'short'] as const).map(
    (style) => new Intl.DisplayNames(language, { type: 'region', style, fallback: 'none' }),
  ),
);

/** Short forms such as `É.-U.` could also mean something else. */
const isLongEnough = (name: string) => foldCountryName(name).replaceAll(' ', '').length > 3;

/** Checks whether two countries share a name. The table leaves such a name out, because it does not tell which country is meant. */
const isAmbiguous = (name: string) => ['congo', 'kongo'].includes(foldCountryName(name));

/**
 * Returns one line per country: its alpha-2 code and its folded names, such as `DZ|algeria|algerie|algerien|`.
 *
 * @throws Error if two countries have the same name
 */
function buildCountryNames(): string {
  const codeByName = new Map<string, string>();
  const lines = codes.map((code) => {
    const names = new Set(listNames(code).flatMap(listFoldedCountryNames));
    for (const name of names) {
      const other = codeByName.get(name);
      if (other !== undefined) throw new Error(`${name} is a name of ${other} and ${code}`);
      codeByName.set(name, code);
    }
    return `${code}|${[...names].join('|')}|`;
  });
  return lines.join('\n');
}

function listNames(code: string): string[] {
  const iso = iso31661.find(({ alpha2 }) => alpha2 === code)?.name;
  const known = [...cldrNames.map((names) => names.of(code)), iso].flatMap((name) => name ?? []);
  return [
    ...known.filter(isLongEnough).filter((name) => !isAmbiguous(name)),
    ...(otherCountryNames[code] ?? []),
  ];
}

/** Returns the folded forms of a name: the usual form, and the form with `ue` for `ü`, as in `Tuerkei`. */
function listFoldedCountryNames(name: string): string[] {
  const withoutUmlauts = name.normalize('NFC').replace(/[äöü]/gi, (letter) => `${letter}e`);
  return [name, withoutUmlauts].map(foldCountryName);
}

/** Returns the content of `shared/parsing/country-names.ts`. */
export function buildCountryNamesModule(): string {
  return `// \`npm run country-names\` writes this file.

/**
 * The names of countries in English, French and German, as \`foldCountryName\` returns them: a line per country, with its
 * ISO 3166-1 alpha-2 code and its names. The sources are Unicode's CLDR, ISO 3166-1, and
 * \`local/country-names/other-names.ts\`.
 */
export const countryNames = \`
${buildCountryNames()}
\`;
`;
}
