import type { MetricPoint } from '../stack/metrics-reader.ts';
import type { MetricAlarm } from './measurements.ts';

/** Checks whether enough periods in a row reach the threshold of an alarm. This function is pure. */
export function alarmRings(
  { threshold, periods, periodMinutes }: MetricAlarm,
  points: readonly MetricPoint[],
): boolean {
  const reached = points
    .filter(({ value }) => value >= threshold)
    .map(({ at }) => Date.parse(at) / (periodMinutes * 60_000))
    .toSorted((a, b) => a - b);
  return reached.some((first, index) => reached[index + periods - 1] === first + periods - 1);
}
