import type { MetricQuery } from '../stack/metrics-reader.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';
import { alarmRings } from './alarm-rings.ts';
import type { Measurements, MetricAlarm, RingingAlarm } from './measurements.ts';
import { findWaitingSince } from './relay-waits.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const before = (now: Date, ms: number) => ({ since: new Date(now.getTime() - ms), until: now });

/** Measures the relay. The stream keeps a write for 24 hours. */
export async function measureRelay(stack: OperatedStack, now: Date): Promise<Measurements['parts']['relay']> {
  const ofStage = { provider: null, statistic: 'Sum' } as const;
  const ofProviders = Object.keys(stack.evidenceJobs).map(
    (provider): MetricQuery => ({ metric: 'DeliveriesAccepted', provider, statistic: 'Sum' }),
  );
  const [relayed, notRelayed, lag, ...written] = await stack.metrics.read(
    [
      { ...ofStage, metric: 'WritesRelayed' },
      { ...ofStage, metric: 'WritesNotRelayed' },
      { metric: 'RelayLagSeconds', provider: null, statistic: 'Maximum' },
      ...ofProviders,
    ],
    { ...before(now, 24 * hourMs), periodSeconds: 60 },
  );
  const recently = new Date(now.getTime() - 15 * minuteMs).toISOString();
  const lags = (lag?.points ?? []).filter(({ at }) => at >= recently).map(({ value }) => value);
  return {
    waitingSince: findWaitingSince({
      written: written.flatMap(({ points }) => points),
      relayed: relayed?.points ?? [],
      notRelayed: notRelayed?.points ?? [],
    }),
    lagSeconds: Math.max(0, ...lags),
  };
}

/** The hours of a stage without the setting `silentAfterHours`. */
const defaultSilentHours = 24;
const weekHours = 7 * 24;

/**
 * Finds the silent providers, and the hours after which they count as silent. A provider without the setting is silent only
 * if it had a delivery in the last seven days: otherwise it may be out of use.
 */
export async function measureSilence(
  { evidenceJobs, metrics, silentAfterHours }: OperatedStack,
  now: Date,
): Promise<Record<string, number>> {
  const series = await metrics.read(
    Object.keys(evidenceJobs).map((provider) => ({
      metric: 'DeliveriesAccepted',
      provider,
      statistic: 'Sum',
    })),
    { ...before(now, weekHours * hourMs), periodSeconds: 3600 },
  );
  const silent = series.flatMap(({ provider, points }): [string, number][] => {
    const hours = silentAfterHours[provider ?? ''] ?? defaultSilentHours;
    const mayBeSilent = silentAfterHours[provider ?? ''] === undefined;
    const last = points.filter(({ value }) => value > 0).at(-1)?.at;
    if (last === undefined) return mayBeSilent ? [] : [[provider ?? '', hours]];
    // A point is the start of an hour.
    const isSilent = Date.parse(last) + hourMs < now.getTime() - hours * hourMs;
    return isSilent ? [[provider ?? '', hours]] : [];
  });
  return Object.fromEntries(silent);
}

/** The metrics whose current state is measured itself, so their alarms would say the same again. */
const measuredItself = new Set(['QuarantineOpen', 'MessagesParked', 'RelayLagSeconds']);

/** Finds the alarms that rang in the last hour, or in the time that they look at. */
export async function measureAlarms(
  { evidenceJobs, metrics }: OperatedStack,
  now: Date,
  alarms: readonly MetricAlarm[],
): Promise<RingingAlarm[]> {
  const candidates = alarms
    .filter(({ metric }) => !measuredItself.has(metric))
    .flatMap((alarm): RingingAlarm[] =>
      alarm.of === 'the stage'
        ? [{ alarm, provider: null }]
        : Object.keys(evidenceJobs).map((provider) => ({ alarm, provider })),
    );
  const byPeriod = Map.groupBy(candidates, ({ alarm }) => alarm.periodMinutes);
  const ringing = await Promise.all(
    [...byPeriod].map(async ([periodMinutes, group]) => {
      const longest = Math.max(...group.map(({ alarm }) => alarm.periods * periodMinutes * minuteMs), hourMs);
      const series = await metrics.read(
        group.map(({ alarm: { metric, statistic }, provider }) => ({
          metric,
          provider,
          // The doctor has no percentiles. The maximum of a period is at least as high.
          statistic: statistic === 'p99' ? 'Maximum' : statistic,
        })),
        { ...before(now, longest), periodSeconds: periodMinutes * 60 },
      );
      return group.filter(({ alarm }, index) => alarmRings(alarm, series[index]?.points ?? []));
    }),
  );
  return ringing.flat();
}
