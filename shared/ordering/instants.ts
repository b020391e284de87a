/**
 * Compares two instants (ISO 8601). They are compared as times, because as text, half a second later sorts earlier.
 *
 * @returns how `a` compares with `b`; `unknown` if one of them is null
 */
export function compareInstants(a: string | null, b: string | null): 'older' | 'same' | 'newer' | 'unknown' {
  if (a === null || b === null) return 'unknown';
  const difference = Date.parse(a) - Date.parse(b);
  return difference < 0 ? 'older' : difference > 0 ? 'newer' : 'same';
}

/** Returns the later of two instants. If one of them is null, it returns the other one. */
export function laterInstant(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return compareInstants(a, b) === 'older' ? b : a;
}
