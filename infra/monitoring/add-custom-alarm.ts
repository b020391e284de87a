import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { type AlarmWithAnnotation, MetricStatistic, type MonitoringFacade } from 'cdk-monitoring-constructs';
import type { ProviderName } from '../../shared/contract/provider-name.ts';
import type { CustomAlarm } from './custom-alarms.ts';
import type { StageMetrics } from './stage-metrics.ts';

const statistics = {
  Sum: MetricStatistic.SUM,
  Maximum: MetricStatistic.MAX,
  p99: MetricStatistic.P99,
} as const satisfies Record<CustomAlarm['statistic'], MetricStatistic>;

const treatments = {
  good: TreatMissingData.NOT_BREACHING,
  unchanged: TreatMissingData.IGNORE,
  bad: TreatMissingData.BREACHING,
} as const satisfies Record<CustomAlarm['withoutData'], TreatMissingData>;

interface CustomAlarmContext {
  readonly facade: MonitoringFacade;
  readonly metrics: StageMetrics;
  readonly linkToRunbook: (heading: string) => string;
  /** The provider of the alarm; null for an alarm of the whole stage. */
  readonly provider: ProviderName | null;
  /** Default: the alarm rings at the threshold and above it. */
  readonly rings?: 'at or above' | 'below';
}

/** Adds an alarm on one of our own metrics. */
export function addCustomAlarm(
  {
    name,
    metric,
    statistic,
    threshold,
    periodMinutes,
    periods,
    withoutData,
    description,
    runbook,
  }: CustomAlarm,
  { facade, metrics, linkToRunbook, provider, rings = 'at or above' }: CustomAlarmContext,
): AlarmWithAnnotation {
  const period = Duration.minutes(periodMinutes);
  return facade
    .createAlarmFactory(provider ?? '')
    .addAlarm(metrics.get(metric, { statistic: statistics[statistic], provider, period }), {
      alarmNameSuffix: name,
      ...(provider === null && { alarmNameOverride: metrics.nameWithStack(name) }),
      alarmDescription: provider === null ? description : `${provider}: ${description}`,
      runbookLink: linkToRunbook(runbook),
      threshold,
      comparisonOperator:
        rings === 'below'
          ? ComparisonOperator.LESS_THAN_THRESHOLD
          : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: treatments[withoutData],
      period,
      datapointsToAlarm: periods,
      evaluationPeriods: periods,
    });
}
