type Present<T> = { [K in keyof T]?: Exclude<T[K], null | undefined> };

/**
 * Returns the fields without those that are null, undefined, an empty object or an empty list. In the event contract, a
 * missing field means that the provider gave no value.
 */
export function omitEmptyFields<T extends Record<string, unknown>>(fields: T): Present<T> {
  const kept: Record<string, unknown> = {};
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (isEmpty(value)) continue;
    if (name === '__proto__') Object.defineProperty(kept, name, { value, enumerable: true });
    else kept[name] = value;
  }
  // The cast is safe: the result lacks only the empty fields.
  return kept as Present<T>;
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
