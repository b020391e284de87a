/**
 * Compares two instants (ISO 8601). The comparison uses times, not text. As text, `10:05:00.5Z` would sort before
 * `10:05:00Z`.
 *
 * @returns `older` if `a` is before `b`, `newer` if it is after; `unknown` if one of them is null
 */
export function compareInstants(a: string | null, b: string | null): 'older' | 'same' | 'newer' | 'unknown' {
  if (a === null || b === null) return 'unknown';
  const difference = Date.parse(a) - Date.parse(b);
  return difference < 0 ? 'older' : difference > 0 ? 'newer' : 'same';
}

/** Returns the later of two instants. If one instant is null, this function returns the other instant. */
export function laterInstant(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return compareInstants(a, b) === 'older' ? b : a;
}
