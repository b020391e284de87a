/**
 * Returns the entries of a value, which may be a list, a nested list or a single entry. One sample in ID360's guide
 * (PVID) contains nested lists and single entries.
 */
export function flatEntries(value: unknown): unknown[] {
  return [value].flat(3).filter((entry) => entry !== null && entry !== undefined);
}
