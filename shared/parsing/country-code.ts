import { iso31661Alpha3ToAlpha2, iso31661NumericToAlpha2 } from 'iso-3166';
import { findByCode } from './find-by-code.ts';
import { findCountryByName } from './find-country-by-name.ts';

/** The alpha-2 code for each code that providers send: all codes of ISO 3166-1, and some others. */
const alpha2ByCode: ReadonlyMap<string, string> = new Map([
  ...Object.entries(iso31661NumericToAlpha2),
  ...Object.entries(iso31661Alpha3ToAlpha2),
  ...Object.values(iso31661Alpha3ToAlpha2).map((alpha2) => [alpha2, alpha2] as const),
  // `D` means Germany in machine-readable zones and eID chips (ICAO 9303-3, section 5).
  ['D', 'DE'],
  // ISO reserves `UK` for the United Kingdom, whose code is `GB`.
  ['UK', 'GB'],
  // ICAO 9303-3, section 5, has these codes for nationals of the United Kingdom who are not British citizens.
  ...['GBD', 'GBN', 'GBO', 'GBP', 'GBS'].map((code) => [code, 'GB'] as const),
]);

/**
 * Returns the ISO 3166-1 alpha-2 code of a country, from its alpha-2, alpha-3 or numeric code, or from its name in
 * English, French or German. Lower case and white space around the value are accepted, and so are the `<` that fill a
 * field of a machine-readable zone.
 *
 * @returns null if ISO 3166-1 has no code for the value. Examples are `XXA` (a stateless person), `EU`, Kosovo (`RKS`,
 * `XK`), and `Congo`, which is the name of two countries
 * @example parseCountryCode('FRA') // 'FR'
 * @example parseCountryCode('Algérie') // 'DZ'
 */
export function parseCountryCode(value: string | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  return findByCode(alpha2ByCode, value.replace(/^([a-z]{1,3})<+$/i, '$1')) ?? findCountryByName(value);
}
