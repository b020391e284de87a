import type { MetricPoint } from '../stack/metrics-reader.ts';

interface RelayActivity {
  /** Accepted deliveries, whose writes the relay must publish, by minute. */
  readonly written: readonly MetricPoint[];
  /** Writes whose messages the relay has sent, by minute. */
  readonly relayed: readonly MetricPoint[];
  /** Writes that the relay tried, and tries again, by minute. */
  readonly notRelayed: readonly MetricPoint[];
}

/**
 * Finds since when writes wait for the relay. The relay measures its lag only when it publishes, so while it is down, this
 * is the first activity after its last success. A receiver counts a delivery up to 20 seconds after its write, so the relay
 * may have sent the write in the minute before. This function is pure.
 *
 * @returns the start of a minute, as an ISO 8601 instant; null if no write waits
 */
export function findWaitingSince({ written, relayed, notRelayed }: RelayActivity): string | null {
  const lastRelayed = minutesOf(relayed).at(-1) ?? Number.NEGATIVE_INFINITY;
  const failing = minutesOf(notRelayed).filter((minute) => minute > lastRelayed);
  const unseen = minutesOf(written).filter((minute) => minute > lastRelayed + minuteMs);
  const [first] = [...failing, ...unseen].toSorted((a, b) => a - b);
  return first === undefined ? null : new Date(first).toISOString();
}

const minuteMs = 60_000;

/** Returns the minutes in which something was counted, in milliseconds since 1970, oldest first. */
const minutesOf = (points: readonly MetricPoint[]) =>
  points
    .filter(({ value }) => value > 0)
    .map(({ at }) => Date.parse(at))
    .toSorted((a, b) => a - b);
