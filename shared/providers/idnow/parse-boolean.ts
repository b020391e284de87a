/**
 * Reads `true` or `false`. IDnow's API collection says that such values are booleans, but its sample contains the text
 * "true". Both are accepted.
 *
 * @returns null for any other value
 */
export function parseBoolean(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
  return text === 'true' ? true : text === 'false' ? false : null;
}
