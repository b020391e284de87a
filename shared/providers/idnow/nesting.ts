/**
 * Whether a JSON value is nested deeper than `levels`. It walks level by level without recursion, because it
 * guards what recurses (the fingerprint) against a body made to overflow the stack.
 */
export function isNestedDeeperThan(value: unknown, levels: number): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levels) return true;
    level = level.filter(isContainer).flatMap((container) => Object.values(container));
  }
  return false;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
