const genders: ReadonlyMap<string, string> = new Map([
  ['f', 'female'],
  ['m', 'male'],
]);

/**
 * Returns `female` or `male` for the letters `F` and `M`, and any other text in lower case, without the white space
 * around it.
 *
 * @returns null if the value is missing or blank
 */
export function parseGender(value: string | null | undefined): string | null {
  const given = value?.trim().toLowerCase() ?? '';
  return given === '' ? null : (genders.get(given) ?? given);
}
