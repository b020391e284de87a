/**
 * Compares the keys and types of two JSON values. Items of a list are compared with the first item of the sample.
 * A null in the sample matches every type. A field of an ident (an object with a `status`) matches every other field,
 * because its status decides whether it has a value.
 *
 * @returns the paths that differ. A key that only the actual value has differs, too, unless `allowsMore` is true.
 */
export function listShapeDifferences(
  actual: unknown,
  sample: unknown,
  { allowsMore = false, path = '$' }: { allowsMore?: boolean; path?: string } = {},
): string[] {
  if (sample === null) return [];
  if (typeOf(actual) !== typeOf(sample)) return [`${path}: ${typeOf(actual)}, not ${typeOf(sample)}`];
  if (Array.isArray(actual) && Array.isArray(sample)) {
    if (actual.length === 0) return [`${path}: empty`];
    return actual.flatMap((item, index) =>
      listShapeDifferences(item, sample[0], { allowsMore, path: `${path}[${index}]` }),
    );
  }
  if (!isObject(actual) || !isObject(sample) || (isField(actual) && isField(sample))) return [];
  const missing = Object.keys(sample).filter((key) => !(key in actual));
  const more = allowsMore ? [] : Object.keys(actual).filter((key) => !(key in sample));
  return [
    ...missing.map((key) => `${path}.${key}: absent`),
    ...more.map((key) => `${path}.${key}: not in the sample`),
    ...Object.keys(sample)
      .filter((key) => key in actual)
      .flatMap((key) =>
        listShapeDifferences(actual[key], sample[key], { allowsMore, path: `${path}.${key}` }),
      ),
  ];
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeOf(value) === 'object';
}

function isField(value: Record<string, unknown>): boolean {
  return ['MATCH', 'CHANGE', 'NEW', 'ORIGINAL'].includes(String(value.status));
}
