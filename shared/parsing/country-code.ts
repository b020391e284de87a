import { iso31661Alpha3ToAlpha2 } from 'iso-3166';

/** The alpha-2 code for each code that providers send: all alpha-3 codes, all alpha-2 codes, and two exceptions. */
const alpha2ByCode: ReadonlyMap<string, string> = new Map([
  ...Object.entries(iso31661Alpha3ToAlpha2),
  ...Object.values(iso31661Alpha3ToAlpha2).map((alpha2) => [alpha2, alpha2] as const),
  // `D` means Germany in machine-readable zones and eID chips (ICAO 9303-3, section 5).
  ['D', 'DE'],
  // ISO 3166-1 assigns no code to Kosovo. The EU uses `XK`, which ISO leaves to users.
  ['XK', 'XK'],
]);

/**
 * Returns the ISO 3166-1 alpha-2 code for an alpha-2 or alpha-3 code. Lower case and white space around the code are
 * accepted.
 *
 * @returns null if the value is not a country code, for example if it is the name of a country
 * @example parseCountryCode('FRA') // 'FR'
 */
export function parseCountryCode(value: string | null | undefined): string | null {
  return alpha2ByCode.get(value?.trim().toUpperCase() ?? '') ?? null;
}
