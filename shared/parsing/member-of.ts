/** Checks whether a JSON value is an object. A list does not count as an object. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns a member of a JSON object. @returns undefined if the value is no object, or has no such member */
export function getJsonMember(value: unknown, key: string): unknown {
  return isObject(value) ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined;
}
