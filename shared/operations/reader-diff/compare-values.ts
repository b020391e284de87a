/** A leaf of two JSON values that differs. An absent leaf is undefined. */
export interface DifferentLeaf {
  /** The path with positions in lists, such as `findings.documents[0].type`. */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Compares two JSON values leaf by leaf. This function is pure. */
export function listDifferentLeaves(before: unknown, after: unknown): DifferentLeaf[] {
  const [left, right] = [collectLeaves(before), collectLeaves(after)];
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((path) => left.get(path) !== right.get(path))
    .map((path) => ({ path, before: left.get(path), after: right.get(path) }));
}

/** Returns the path without positions in lists: all entries of a list count as one field. */
export const fieldOf = (path: string): string => path.replaceAll(/\[\d+\]/g, '[]');

function collectLeaves(value: unknown, path = '', leaves = new Map<string, unknown>()): Map<string, unknown> {
  if (Array.isArray(value))
    for (const [index, each] of value.entries()) collectLeaves(each, `${path}[${index}]`, leaves);
  else if (typeof value === 'object' && value !== null)
    for (const [name, each] of Object.entries(value))
      collectLeaves(each, path === '' ? name : `${path}.${name}`, leaves);
  else if (value !== undefined) leaves.set(path, value);
  return leaves;
}
