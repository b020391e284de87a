import { readFile } from 'node:fs/promises';
import { iso31661 } from 'iso-3166';
import { describe, expect, test } from 'vitest';
import { buildCountryNamesModule } from '../../local/country-names/build-country-names.ts';
import { parseCountryCode } from '../../shared/parsing/country-code.ts';

const codes = iso31661.map(({ alpha2 }) => alpha2);

test('the table of country names equals what npm run country-names writes', async () => {
  const file = new URL('../../shared/parsing/country-names.ts', import.meta.url);
  expect(await readFile(file, 'utf8')).toBe(buildCountryNamesModule());
});

describe('parseCountryCode reads names', () => {
  test.each(['en', 'fr', 'de'])(
    "each name of a country in CLDR's language %s gives the country's code",
    (language) => {
      // Prepare
      const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
      const pairs = codes.map((code) => [names.of(code) ?? '', code]);
      // Act
      const wrong = pairs.filter(([name, code]) => parseCountryCode(name) !== code);
      // Assess
      expect(pairs).toHaveLength(249);
      expect(wrong).toEqual([]);
    },
  );

  test('each name of ISO 3166-1 gives its code, except Congo, which is also the name of another country', () => {
    const wrong = iso31661.filter(({ name, alpha2 }) => parseCountryCode(name) !== alpha2);
    expect(wrong.map(({ name }) => name)).toEqual(['Congo']);
  });

  test.each([
    ['upper case', (name: string) => name.toUpperCase()],
    ['lower case', (name: string) => name.toLowerCase()],
    ['no accents', (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '')],
    ['accents as characters of their own', (name: string) => name.normalize('NFD')],
    ['hyphens instead of spaces', (name: string) => name.replaceAll(' ', '-')],
    ['spaces instead of punctuation', (name: string) => name.replace(/\p{P}/gu, ' ')],
    ['white space around it', (name: string) => ` ${name}\n`],
  ])('a name with %s gives the same code', (_what, change) => {
    const names = ['en', 'fr', 'de'].map((language) => new Intl.DisplayNames(language, { type: 'region' }));
    for (const name of codes.flatMap((code) => names.map((each) => each.of(code) ?? ''))) {
      expect([name, parseCountryCode(change(name))]).toEqual([name, parseCountryCode(name)]);
    }
  });

  const byCode = {
    AE: 'UAE, VAE',
    BA: 'Bosnien-Herzegowina, Bosnie, Bosnia and Herzegovina',
    BY: 'Weißrussland, WEISSRUSSLAND, Biélorussie',
    CD: 'RD Congo, Democratic Republic of the Congo, Congo-Kinshasa, Congo (Kinshasa)',
    CF: 'Centrafrique, Zentralafrikanische Republik',
    CG: 'République du Congo, Kongo-Brazzaville',
    CH: 'Suisse, Schweiz, Switzerland, Confédération suisse',
    CI: "Côte d'Ivoire, Côte d’Ivoire, COTE D IVOIRE, Ivory Coast, Elfenbeinküste, Elfenbeinkueste",
    CV: 'Cap-Vert, Kap Verde, Kapverden, Cape Verde, Cabo Verde',
    CZ: 'Tchéquie, République tchèque, Czechia, Czech Republic, Tschechische Republik',
    DE: 'Deutschland, DEUTSCHLAND, Germany, Allemagne, Bundesrepublik Deutschland',
    DZ: 'Algérie, ALGERIE, Algerien, Algeria',
    FR: 'FRANCE METROPOLITAINE, France (métropolitaine), FRANCE, France, Frankreich, République française',
    GB: 'United Kingdom, Royaume-Uni, Vereinigtes Königreich, U.K., Great Britain, Großbritannien, England, Écosse',
    KR: 'Südkorea, Suedkorea, Republic of Korea, Corée du Sud',
    LC: 'St. Lucia, Saint Lucia, Sainte-Lucie',
    MD: 'Moldova, Moldawien, Moldavie, Republik Moldau',
    MK: 'Nordmazedonien, Macédoine',
    MM: 'Birmanie, Myanmar, Burma',
    MU: 'Maurice, Île Maurice',
    NL: 'Holland, Niederlande, Pays-Bas, The Netherlands',
    RE: 'La Réunion, Réunion',
    RU: 'Russie, Russian Federation, Fédération de Russie',
    SY: 'Syrie, Syrien, Syria',
    TR: 'Türkei, Tuerkei, TURQUIE, Turkey, Türkiye',
    TZ: 'Tanzanie, Tansania, Tanzania',
    US: "États-Unis, Etats-Unis d'Amérique, USA, U.S.A., Vereinigte Staaten von Amerika, United States",
    VA: 'Vatikan, Vatican, Saint-Siège, Holy See',
    VN: 'Viêt Nam, Vietnam, Viet Nam',
  };
  test.each(Object.entries(byCode).flatMap(([code, names]) => names.split(', ').map((name) => [name, code])))(
    'parseCountryCode reads the name %j as %s',
    (name, code) => {
      expect(parseCountryCode(name)).toBe(code);
    },
  );

  test.each([
    'Congo',
    'Kongo',
    'Kosovo',
    'Republik Kosovo',
    'Korea',
    'Corée',
    'Virgin Islands',
    'Jugoslawien',
    'URSS',
    'Europe',
    'European Union',
    'Atlantis',
    'Française',
    'deutsch',
    'Bayern',
    'Paris, France',
    'France ou Algérie',
    'Républiquefrançaise',
    'Франция',
    'Frаnce',
    'Stateless',
    'unbekannt',
    'The',
    '-',
    `France${' '.repeat(100)}`,
  ])('parseCountryCode returns null for %j, because it is not the name of one country', (name) => {
    expect(parseCountryCode(name)).toBeNull();
  });
});
