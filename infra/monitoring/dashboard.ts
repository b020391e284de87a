import { Duration } from 'aws-cdk-lib';
import {
  AlarmState,
  AlarmStatusWidget,
  GraphWidget,
  type IAlarm,
  type IMetric,
  type IWidget,
  SingleValueWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { MetricStatistic } from 'cdk-monitoring-constructs';
import type { ProviderName } from '../../shared/contract/provider-name.ts';
import {
  type CounterName,
  type DurationName,
  type MetricName,
  metricNames,
  type RefusalMetricName,
} from '../../shared/platform/metrics.ts';
import type { EvidenceFetcher } from '../evidence-fetching.ts';
import type { EventQueues } from '../queues.ts';
import { customAlarms } from './custom-alarms.ts';
import type { StageMetrics } from './stage-metrics.ts';

interface DashboardContent {
  readonly metrics: StageMetrics;
  readonly providers: readonly ProviderName[];
  /** The providers among them whose system check runs on a schedule. */
  readonly checkedProviders: readonly ProviderName[];
  /** True if API Gateway writes access logs, in which its own refusals are counted. */
  readonly hasAccessLogs: boolean;
  readonly queues: EventQueues;
  readonly fetching: readonly EvidenceFetcher[];
  /** All alarms of the stage. The dashboard shows those that ring. */
  readonly alarms: readonly IAlarm[];
}

/** The width of a dashboard, in CloudWatch's units. */
const fullWidth = 24;
const graphHeight = 6;
/** Graphs of rejections are higher, because their legend lists nine reasons. */
const rejectionHeight = 8;

/**
 * Makes the rows of the dashboard. It answers three questions: is each provider healthy, is anything stuck, and what was
 * rejected.
 */
export function makeDashboardRows(content: DashboardContent): IWidget[][] {
  return [
    ...ringingAlarms(content),
    [heading('Is each provider healthy?')],
    numbersOfProviders(content),
    [
      counts('Accepted deliveries', ['DeliveriesAccepted'], 8, content),
      times('Time to answer (p99)', 'AnswerSeconds', MetricStatistic.P99, 8, content),
      failedCalls(content),
    ],
    [heading('Is anything stuck?')],
    [
      times('Relay lag', 'RelayLagSeconds', MetricStatistic.MAX, 8, content),
      times('Age of evidence jobs', 'EvidenceAgeSeconds', MetricStatistic.MAX, 8, content),
      eventsQueue(content),
    ],
    [
      counts('Open quarantine', ['QuarantineOpen'], 8, content, MetricStatistic.MAX),
      deadLetters(content),
      counts('Overdue cases and lost webhooks', ['CasesOverdue', 'LostWebhooksFound'], 8, content),
    ],
    [heading('What was rejected?')],
    rejections(content),
    otherRejections(content),
  ];
}

/** The most alarms that CloudWatch accepts in one widget. */
const mostAlarms = 100;

/** The alarms that ring, in as many rows as CloudWatch needs. If all is well, the widgets are empty. */
function ringingAlarms({ alarms }: DashboardContent): IWidget[][] {
  return Array.from({ length: Math.ceil(alarms.length / mostAlarms) }, (_, row) => [
    new AlarmStatusWidget({
      title: 'Active alarms',
      alarms: alarms.slice(row * mostAlarms, (row + 1) * mostAlarms),
      states: [AlarmState.ALARM],
      width: fullWidth,
      height: 2,
    }),
  ]);
}

function heading(question: string): IWidget {
  return new TextWidget({ markdown: `## ${question}`, width: fullWidth, height: 1 });
}

/** One row of numbers per provider: the last day. */
function numbersOfProviders({ metrics, providers }: DashboardContent): IWidget[] {
  const day = Duration.days(1);
  return spread(providers).map(([provider, width]) => {
    const number = (name: CounterName, label: string, statistic = MetricStatistic.SUM) =>
      metrics.get(name, { statistic, provider, period: day, label });
    return new SingleValueWidget({
      title: `${provider}, last 24 hours`,
      metrics: [
        number('DeliveriesAccepted', 'accepted'),
        number('EvidenceArchived', 'archived'),
        number('EvidenceFailed', 'given up'),
        number('QuarantineOpen', 'in quarantine', MetricStatistic.MAX),
      ],
      setPeriodToTimeRange: false,
      width,
      height: 3,
    });
  });
}

function failedCalls({ metrics, providers, checkedProviders }: DashboardContent): IWidget {
  const statistic = MetricStatistic.SUM;
  return graph('Failed logins and system checks', 'Count', 8, {
    left: [
      ...providers.map((provider) =>
        metrics.get('LoginsFailed', { statistic, provider, label: `${provider} logins` }),
      ),
      ...checkedProviders.map((provider) =>
        metrics.get('SystemChecksFailed', { statistic, provider, label: `${provider} system checks` }),
      ),
    ],
  });
}

/** A graph of counters, with one line per provider and counter. */
function counts(
  title: string,
  names: readonly CounterName[],
  width: number,
  { metrics, providers }: DashboardContent,
  statistic = MetricStatistic.SUM,
): IWidget {
  const suffix = (name: CounterName) => (names.length === 1 ? '' : ` ${wordsOf(name)}`);
  return graph(title, 'Count', width, {
    left: names.flatMap((name) =>
      providers.map((provider) =>
        metrics.get(name, { statistic, provider, label: `${provider}${suffix(name)}` }),
      ),
    ),
  });
}

/** A graph of a measured time, with one line per provider and the threshold of its alarm. */
function times(
  title: string,
  name: DurationName,
  statistic: MetricStatistic,
  width: number,
  { metrics, providers }: DashboardContent,
): IWidget {
  return graph(title, 'Seconds', width, {
    left: providers.map((provider) => metrics.get(name, { statistic, provider })),
    thresholdOf: name,
  });
}

function eventsQueue({ queues: { events } }: DashboardContent): IWidget {
  return graph('Oldest event that waits for a consumer', 'Seconds', 8, {
    left: [events.metricApproximateAgeOfOldestMessage({ label: 'events queue' })],
  });
}

function deadLetters({ metrics, queues, fetching }: DashboardContent): IWidget {
  const jobs = fetching.map((each) =>
    each.queues.deadLetters.metricApproximateNumberOfMessagesVisible({ label: `jobs of ${each.provider}` }),
  );
  const parked = { statistic: MetricStatistic.SUM, provider: null, label: 'parked messages' };
  return graph('Dead letters and parked messages', 'Count', 8, {
    left: [
      queues.eventsDeadLetters.metricApproximateNumberOfMessagesVisible({ label: 'events' }),
      ...jobs,
      metrics.get('MessagesParked', parked),
    ],
  });
}

/** The prefixes of the counters of rejected deliveries. Each counter is one reason. */
const rejectionPrefixes = ['DeliveriesRefused', 'DeliveriesQuarantined'] as const;

/** One stacked graph per provider: the rejected deliveries by reason. */
function rejections({ metrics, providers }: DashboardContent): IWidget[] {
  return spread(providers).map(([provider, width]) =>
    graph(`${provider}: refused and quarantined, by reason`, 'Count', width, {
      left: rejectionMetrics().map((name) =>
        metrics.get(name, { statistic: MetricStatistic.SUM, provider, label: wordsOf(name) }),
      ),
      stacked: true,
      height: rejectionHeight,
    }),
  );
}

/** What is neither refused by a receiver nor quarantined. */
function otherRejections(content: DashboardContent): IWidget[] {
  const width = content.hasAccessLogs ? 6 : 8;
  return [
    ...(content.hasAccessLogs ? [refusalsOfApi(width, content)] : []),
    counts('Duplicate and stale', ['DeliveriesDuplicate', 'DeliveriesStale'], width, content),
    counts('Unknown reason codes', ['UnknownReasons'], width, content),
    counts('Evidence given up', ['EvidenceFailed'], width, content),
  ];
}

/** The requests that API Gateway refused before a receiver ran. */
function refusalsOfApi(width: number, { metrics }: DashboardContent): IWidget {
  const line = (name: RefusalMetricName, label: string) =>
    metrics.get(name, { statistic: MetricStatistic.SUM, provider: null, label });
  return graph('Refused by API Gateway', 'Count', width, {
    left: [line('RequestsRefusedAddress', 'address'), line('RequestsRefusedRate', 'over a limit')],
  });
}

function rejectionMetrics(): MetricName[] {
  const isRejection = (name: string) => rejectionPrefixes.some((prefix) => name.startsWith(prefix));
  return metricNames.filter(isRejection);
}

/** @example wordsOf('DeliveriesRefusedNoSecret') // 'refused no secret' */
function wordsOf(name: MetricName): string {
  return name
    .replace(/^Deliveries/, '')
    .replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`)
    .toLowerCase();
}

interface GraphContent {
  readonly left: IMetric[];
  readonly stacked?: boolean;
  readonly height?: number;
  /** The metric whose alarm gives the graph its line. */
  readonly thresholdOf?: MetricName;
}

function graph(
  title: string,
  unit: 'Count' | 'Seconds',
  width: number,
  { left, stacked = false, height = graphHeight, thresholdOf }: GraphContent,
): IWidget {
  const alarm = customAlarms.find(({ metric }) => metric === thresholdOf);
  return new GraphWidget({
    title,
    left,
    stacked,
    leftYAxis: { label: unit, showUnits: false, min: 0 },
    ...(alarm && { leftAnnotations: [{ value: alarm.threshold, label: 'alarm', color: '#d13212' }] }),
    width,
    height,
  });
}

/** Gives each provider its share of the width. A row has at most three providers, so that graphs stay readable. */
function spread(providers: readonly ProviderName[]): [provider: ProviderName, width: number][] {
  const width = fullWidth / Math.min(providers.length, 3);
  return providers.map((provider) => [provider, width]);
}
