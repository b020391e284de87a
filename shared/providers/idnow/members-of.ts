/** Returns the members of a JSON object. Any other JSON value has no members. */
export function membersOf(raw: unknown): Readonly<Record<string, unknown>> {
  return isJsonObject(raw) ? raw : {};
}

/** Checks whether a JSON value is an object. A list does not count as an object. */
export const isJsonObject = (raw: unknown): raw is Readonly<Record<string, unknown>> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw);
