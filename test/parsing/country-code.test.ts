import * as fc from 'fast-check';
import { iso31661 } from 'iso-3166';
import { describe, expect, test } from 'vitest';
import { parseCountryCode } from '../../shared/parsing/country-code.ts';
import { anyCharacter } from '../support/any-character.ts';

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
/**
 * The codes that Unicode's CLDR lists as regions, but that are no countries in ISO 3166-1: reserved codes, withdrawn codes
 * and codes for users, such as `XK` (Kosovo).
 */
const notCountries = new Set(
  'AC AN BU CP CQ CS DD DG DY EA EU EZ FX HV IC JT MI NH NQ NT PC PU PZ QO RH SU TA TP UK UN VD WK XA XB XK YD YU ZR ZZ'.split(
    ' ',
  ),
);

describe('parseCountryCode', () => {
  const pairs = letters.flatMap((a) => letters.map((b) => `${a}${b}`));
  const triples = pairs.flatMap((pair) => letters.map((c) => `${pair}${c}`));

  test('parseCountryCode accepts every alpha-2 code of ISO 3166-1, and no other two letters', () => {
    const expected = pairs.filter((pair) => names.of(pair) !== undefined && !notCountries.has(pair));
    expect(pairs.filter((pair) => parseCountryCode(pair) === pair)).toEqual(expected);
    expect(expected).toHaveLength(249);
  });

  test('parseCountryCode returns an alpha-2 code of ISO 3166-1 for any three letters, or null', () => {
    // Act
    const known = triples.flatMap((triple) => {
      const alpha2 = parseCountryCode(triple);
      return alpha2 === null ? [] : [[triple, alpha2]];
    });
    // Assess
    const iso = iso31661.map(({ alpha3, alpha2 }) => [alpha3, alpha2]);
    const others = ['GBD', 'GBN', 'GBO', 'GBP', 'GBS'].map((code) => [code, 'GB']);
    expect(iso).toHaveLength(249);
    expect(known).toEqual([...iso, ...others, ['UAE', 'AE'], ['VAE', 'AE']].sort());
  });

  test('parseCountryCode maps the 249 numeric codes of ISO 3166-1, and no other three digits', () => {
    const numbers = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'));
    const known = numbers.flatMap((number) => {
      const alpha2 = parseCountryCode(number);
      return alpha2 === null ? [] : [[number, alpha2]];
    });
    expect(known).toEqual(iso31661.map(({ numeric, alpha2 }) => [numeric, alpha2]).sort());
  });

  test('for any text, parseCountryCode returns a code that is an alpha-2 code itself, or null', () => {
    const parts = fc.constantFrom('France', 'FR', 'GBD', '<', ' ', 'é', '004', 'de', 'Congo', 'ß', 'ı', 'ﬁ');
    const texts = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.array(parts).map((each) => each.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const alpha2 = parseCountryCode(text);
        expect(alpha2 === null || parseCountryCode(alpha2) === alpha2).toBe(true);
        expect(alpha2 ?? 'FR').toMatch(/^[A-Z]{2}$/);
      }),
    );
  });

  test.each([
    ['FRA', 'FR'],
    ['fra', 'FR'],
    [' DEU ', 'DE'],
    ['D', 'DE'],
    ['D<<', 'DE'],
    ['UK', 'GB'],
    ['250', 'FR'],
    ['004', 'AF'],
    ['gbd', 'GB'],
    ['FRA<', 'FR'],
    ['PAK', 'PK'],
    ['VAE', 'AE'],
    ['CHE', 'CH'],
    ['AUT', 'AT'],
    ['AUS', 'AU'],
    ['SVN', 'SI'],
    ['SVK', 'SK'],
    ['SWE', 'SE'],
    ['POL', 'PL'],
    ['PRT', 'PT'],
    ['DNK', 'DK'],
    ['EST', 'EE'],
    ['UKR', 'UA'],
    ['TUR', 'TR'],
    ['TUN', 'TN'],
    ['MAR', 'MA'],
    ['DZA', 'DZ'],
    ['SEN', 'SN'],
    ['CIV', 'CI'],
    ['COD', 'CD'],
    ['COG', 'CG'],
    ['COM', 'KM'],
    ['CHN', 'CN'],
    ['CHL', 'CL'],
    ['PRK', 'KP'],
    ['KOR', 'KR'],
    ['REU', 'RE'],
    ['GLP', 'GP'],
    ['MTQ', 'MQ'],
    ['GUF', 'GF'],
    ['MYT', 'YT'],
    ['ABW', 'AW'],
    ['ZWE', 'ZW'],
  ])('parseCountryCode reads %j as %s', (given, expected) => {
    expect(parseCountryCode(given)).toBe(expected);
  });

  test.each([
    null,
    undefined,
    '',
    ' ',
    'XX',
    'XK',
    'RKS',
    'XKX',
    'XKK',
    'XXA',
    'XXB',
    'XXC',
    'XXX',
    'UTO',
    'UNO',
    'UNK',
    'EUE',
    'XOM',
    'EU',
    'SU',
    'DDR',
    'YUG',
    'ROM',
    'F',
    'F R',
    'F<R',
    '<<<',
    '4',
    '33',
    '0250',
    '891',
    'ﬁ',
    'ınd',
    'constructor',
    '__proto__',
  ])('parseCountryCode returns null for %j, because the value is no country', (given) => {
    expect(parseCountryCode(given)).toBeNull();
  });
});
