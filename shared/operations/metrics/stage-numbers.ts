import type { ProviderName } from '../../contract/provider-name.ts';
import type { MetricName } from '../../platform/metrics.ts';
import type { MetricQuery, MetricSeries, MetricsPeriod } from '../stack/metrics-reader.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';

/** What operators look at first, as sums of metrics. */
const counters = {
  accepted: ['DeliveriesAccepted'],
  dropped: ['DeliveriesDuplicate', 'DeliveriesStale'],
  quarantined: [
    'DeliveriesQuarantinedNotJson',
    'DeliveriesQuarantinedTooLarge',
    'DeliveriesQuarantinedUnidentified',
    'DeliveriesQuarantinedUnknownShape',
    'DeliveriesQuarantinedUnknownStatus',
    'DeliveriesQuarantinedUnreadableTime',
  ],
  refused: ['DeliveriesRefusedAddress', 'DeliveriesRefusedCredential', 'DeliveriesRefusedNoSecret'],
  failed: ['DeliveriesFailed'],
  evidenceArchived: ['EvidenceArchived'],
  evidenceFailed: ['EvidenceFailed'],
  overdue: ['CasesOverdue'],
  loginsFailed: ['LoginsFailed'],
} as const satisfies Readonly<Record<string, readonly MetricName[]>>;

export type StageCounter = keyof typeof counters;
const counterNames = Object.keys(counters) as StageCounter[];

/** Values of equal periods, oldest first. A period without a value has 0. */
export type Values = readonly number[];

export interface StageNumbers {
  readonly providers: readonly {
    readonly provider: ProviderName;
    readonly counts: Readonly<Record<StageCounter, Values>>;
  }[];
  /** The sums of all providers. */
  readonly total: Readonly<Record<StageCounter, Values>>;
  /** The longest time from a write to the publication of its event, in seconds. */
  readonly relayLag: Values;
}

/** Reads the numbers of a stage over time, with one call of the metrics reader. */
export async function readStageNumbers(
  { metrics, evidenceJobs }: Pick<OperatedStack, 'metrics' | 'evidenceJobs'>,
  period: MetricsPeriod,
): Promise<StageNumbers> {
  const providers = Object.keys(evidenceJobs);
  const queries = providers.flatMap((provider) =>
    Object.values(counters)
      .flat()
      .map((metric): MetricQuery => ({ metric, provider, statistic: 'Sum' })),
  );
  const lag: MetricQuery = { metric: 'RelayLagSeconds', provider: null, statistic: 'Maximum' };
  const series = await metrics.read([...queries, lag], period);
  const valuesOf = (provider: ProviderName | null, names: readonly MetricName[]) =>
    addUp(
      series
        .filter((each) => each.provider === provider && names.includes(each.metric))
        .map((each) => spread(each, period)),
      countPeriods(period),
    );
  const counted = providers.map((provider) => ({
    provider,
    counts: mapCounters((counter) => valuesOf(provider, counters[counter])),
  }));
  return {
    providers: counted,
    total: mapCounters((counter) =>
      addUp(
        counted.map(({ counts }) => counts[counter]),
        countPeriods(period),
      ),
    ),
    relayLag: valuesOf(null, ['RelayLagSeconds']),
  };
}

function mapCounters(valuesOf: (counter: StageCounter) => Values) {
  return Object.fromEntries(counterNames.map((name) => [name, valuesOf(name)])) as Record<
    StageCounter,
    Values
  >;
}

/** The number of periods that begin at multiples of their length, the current one included. */
function countPeriods({ since, until, periodSeconds }: MetricsPeriod): number {
  const first = Math.floor(since.getTime() / (periodSeconds * 1000));
  return Math.floor(until.getTime() / (periodSeconds * 1000)) - first + 1;
}

/** Spreads the points of a series over all periods. */
function spread({ points }: MetricSeries, period: MetricsPeriod): Values {
  const periodMs = period.periodSeconds * 1000;
  const first = Math.floor(period.since.getTime() / periodMs);
  const values: number[] = Array.from({ length: countPeriods(period) }, () => 0);
  for (const { at, value } of points) {
    const index = Math.floor(Date.parse(at) / periodMs) - first;
    if (index >= 0 && index < values.length) values[index] = value;
  }
  return values;
}

function addUp(all: readonly Values[], length: number): Values {
  return Array.from({ length }, (_, index) => all.reduce((sum, values) => sum + (values[index] ?? 0), 0));
}
