/** How instant `a` compares with `b`, as instants, not as text. `unknown` if either is missing. */
export function compareInstants(a: string | null, b: string | null): 'older' | 'same' | 'newer' | 'unknown' {
  if (a === null || b === null) return 'unknown';
  const difference = Date.parse(a) - Date.parse(b);
  return difference < 0 ? 'older' : difference > 0 ? 'newer' : 'same';
}

/** The later of two instants; a missing one counts as the earliest. */
export function laterOf(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return compareInstants(a, b) === 'older' ? b : a;
}
