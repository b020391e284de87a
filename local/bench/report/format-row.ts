import type { BenchRow } from '../numbers/bench-row.ts';

/** Formats the value of a row: `2`, `0.41` or `215 MB`. */
export function formatRowValue({ value, unit }: Pick<BenchRow, 'value' | 'unit'>): string {
  if (unit === 'ratio' || unit === 'flat') return value.toFixed(2);
  const whole = Number.isInteger(value) || unit === 'MB' ? value.toFixed(0) : value.toFixed(1);
  return unit === 'MB' ? `${whole} MB` : whole;
}

/** Formats the goal of a row: `≤ 14`, `≤ 0.4` or `flat (≤ 1.2)`. */
export function formatRowGoal({ goal, unit }: Pick<BenchRow, 'goal' | 'unit'>): string {
  if (goal === null) return '';
  if (unit === 'flat') return `flat (≤ ${goal})`;
  return unit === 'MB' ? `≤ ${goal} MB` : `≤ ${goal}`;
}

/** Returns the mark of a row: ✓ if its goal is met, ✗ if not, nothing if it has no goal. */
export function markOf(isMet: boolean | null): string {
  if (isMet === null) return ' ';
  return isMet ? '✓' : '✗';
}
