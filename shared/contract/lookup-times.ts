/**
 * The times at which a silent case of a provider is looked up: seconds since its latest event, in ascending order. A case
 * that the last of these lookups finds still open can no longer complete.
 */
export type LookupTimes = readonly [number, ...number[]];

export const minutes = (count: number): number => count * 60;
export const hours = (count: number): number => count * minutes(60);

/** Returns the seconds of each day from day 1 to the last day. */
export function everyDayUntil(lastDay: number): number[] {
  return Array.from({ length: lastDay }, (_, index) => hours(24) * (index + 1));
}
