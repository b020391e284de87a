/** One line of the result: a measure, its value, and its goal. */
export interface BenchRow {
  readonly id: string;
  readonly measure: string;
  readonly value: number;
  /** `ratio`: without a unit. `flat`: a ratio of late to early deliveries. */
  readonly unit: 'calls' | 'ratio' | 'units' | 'MB' | 'flat';
  /** The highest value that meets the goal; null if the row only informs. */
  readonly goal: number | null;
  /** The figures behind the value, for people. */
  readonly detail: string;
}

/**
 * The highest ratio of late to early deliveries that counts as flat. A real growth with the number of deliveries would
 * be many times larger, and two measurements of the same thing differ by up to a fifth.
 */
export const flatLimit = 1.2;

/** @returns null if the row has no goal */
export function isGoalMet({ value, goal }: Pick<BenchRow, 'value' | 'goal'>): boolean | null {
  return goal === null ? null : value <= goal;
}
