/** ISO 3166-1 alpha-2; null where it is anything else. */
export function countryCode(value: string | null): string | null {
  const code = value?.trim().toUpperCase() ?? '';
  // The eID chip says `D` for Germany; ISO has no one-letter codes.
  if (code === 'D') return 'DE';
  return /^[A-Z]{2}$/.test(code) ? code : null;
}

/** True and false, also as text. */
export function yesNo(value: boolean | string | null | undefined): boolean | null {
  if (typeof value === 'boolean') return value;
  const word = value?.trim().toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : null;
}
