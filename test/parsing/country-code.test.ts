import { describe, expect, test } from 'vitest';
import { parseCountryCode } from '../../shared/parsing/country-code.ts';

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
/**
 * The codes that Unicode's CLDR lists as regions, but that are no countries in ISO 3166-1: reserved codes, withdrawn codes
 * and codes for users. `XK` (Kosovo) is such a code, but is not in this set, because `parseCountryCode` accepts it.
 */
const notCountries = new Set(
  'AC AN BU CP CQ CS DD DG DY EA EU EZ FX HV IC JT MI NH NQ NT PC PU PZ QO RH SU TA TP UK UN VD WK XA XB YD YU ZR ZZ'.split(
    ' ',
  ),
);

describe('parseCountryCode', () => {
  const pairs = letters.flatMap((a) => letters.map((b) => `${a}${b}`));
  const triples = pairs.flatMap((pair) => letters.map((c) => `${pair}${c}`));

  test('parseCountryCode accepts every alpha-2 code of ISO 3166-1, and XK for Kosovo', () => {
    const expected = pairs.filter((pair) => names.of(pair) !== undefined && !notCountries.has(pair));
    expect(pairs.filter((pair) => parseCountryCode(pair) === pair)).toEqual(expected);
    expect(expected).toHaveLength(250);
  });

  test('parseCountryCode maps 249 alpha-3 codes to 249 different alpha-2 codes', () => {
    const known = triples.flatMap((triple) => parseCountryCode(triple) ?? []);
    expect(known).toHaveLength(249);
    expect(new Set(known).size).toBe(249);
  });

  test.each([
    ['FRA', 'FR'],
    ['fra', 'FR'],
    [' DEU ', 'DE'],
    ['D', 'DE'],
    ['XK', 'XK'],
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
    'FRANCE',
    'France',
    'XXX',
    'UTO',
    'GBD',
    'EU',
    'F',
    'F R',
    '250',
    'constructor',
    '__proto__',
  ])('parseCountryCode returns null for %j, because the value is no country code', (given) => {
    expect(parseCountryCode(given)).toBeNull();
  });
});
