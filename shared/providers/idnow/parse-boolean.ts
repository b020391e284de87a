/** Reads `true` or `false`, which IDnow sends as JSON booleans or as text. @returns null for anything else */
export function parseBoolean(value: boolean | string | null | undefined): boolean | null {
  if (typeof value === 'boolean') return value;
  const text = value?.trim().toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : null;
}
