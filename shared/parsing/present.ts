type Present<T> = { [K in keyof T]?: Exclude<T[K], null | undefined> };

/**
 * The fields that say something: null, empty objects and empty lists are left out, because absent is how the
 * contract says "the provider said nothing".
 */
export function present<T extends Record<string, unknown>>(fields: T): Present<T> {
  const kept = Object.entries(fields).filter(([, value]) => !isEmpty(value));
  // Leaving keys out of an object is what the type says, and more than fromEntries can infer.
  return Object.fromEntries(kept) as Present<T>;
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
