import type { MetricPoint } from '../metrics-reader.ts';

interface RelayActivity {
  /** Writes into the table that the relay must publish, by minute. */
  readonly written: readonly MetricPoint[];
  /** Writes whose messages the relay has sent, by minute. */
  readonly relayed: readonly MetricPoint[];
  /** Writes that the relay tried, and tries again, by minute. */
  readonly notRelayed: readonly MetricPoint[];
}

/**
 * Finds since when writes wait for the relay. The relay measures its lag only when it publishes, so while it is down, this
 * is the first activity after its last success. This function is pure.
 *
 * @returns the start of a minute, as an ISO 8601 instant; null if no write waits
 */
export function findWaitingSince({ written, relayed, notRelayed }: RelayActivity): string | null {
  const lastRelayed = minutesOf(relayed).at(-1) ?? '';
  const waiting = minutesOf([...written, ...notRelayed]).filter((minute) => minute > lastRelayed);
  return waiting[0] ?? null;
}

/** Returns the minutes in which something was counted, oldest first. */
const minutesOf = (points: readonly MetricPoint[]) =>
  points
    .filter(({ value }) => value > 0)
    .map(({ at }) => at)
    .toSorted();
