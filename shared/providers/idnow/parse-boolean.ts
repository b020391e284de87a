/**
 * Reads `true` or `false`, which IDnow sends as a boolean or as text.
 *
 * @returns null for any other value
 */
export function parseBoolean(value: boolean | string | null | undefined): boolean | null {
  if (typeof value === 'boolean') return value;
  const text = value?.trim().toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : null;
}
