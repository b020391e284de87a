import { describe, expect, test } from 'vitest';
import { countryCode } from '../../shared/parsing/country-codes.ts';

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
/** What CLDR knows beside the countries of ISO 3166-1: reserved and private codes, and withdrawn ones. */
const notCountries = new Set(
  'AC AN BU CP CQ CS DD DG DY EA EU EZ FX HV IC JT MI NH NQ NT PC PU PZ QO RH SU TA TP UK UN VD WK XA XB XK YD YU ZR ZZ'.split(
    ' ',
  ),
);

describe('a code of a country', () => {
  const pairs = letters.flatMap((a) => letters.map((b) => `${a}${b}`));
  const triples = pairs.flatMap((pair) => letters.map((c) => `${pair}${c}`));

  test('of two letters is known where it is a country of ISO 3166-1, as ICU has them', () => {
    const expected = pairs.filter((pair) => names.of(pair) !== undefined && !notCountries.has(pair));
    expect(pairs.filter((pair) => countryCode(pair) === pair)).toEqual(expected);
    expect(expected).toHaveLength(249);
  });

  test('of three letters has one of two letters, each its own', () => {
    const known = triples.flatMap((triple) => countryCode(triple) ?? []);
    expect(known).toHaveLength(249);
    expect(new Set(known).size).toBe(249);
  });

  test.each([
    ['FRA', 'FR'],
    ['fra', 'FR'],
    [' DEU ', 'DE'],
    ['D', 'DE'],
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
  ])('%s is %s', (given, expected) => {
    expect(countryCode(given)).toBe(expected);
  });

  test.each([
    null,
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
  ])('%j is none', (given) => {
    expect(countryCode(given)).toBeNull();
  });
});
