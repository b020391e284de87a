import { type Duration, Stack } from 'aws-cdk-lib';
import type { MetricFactory, MetricStatistic, MetricWithAlarmSupport } from 'cdk-monitoring-constructs';
import type { Construct } from 'constructs';
import type { ProviderName } from '../../shared/contract/provider-name.ts';
import { type MetricName, metrics } from '../../shared/platform/metrics.ts';

interface MetricChoice {
  readonly statistic: MetricStatistic;
  /** The provider; null for the metric of the whole stage. */
  readonly provider: ProviderName | null;
  readonly period?: Duration;
  /** The name of the line in a graph. Default: the provider. */
  readonly label?: string;
}

/** The metrics that the functions of one stage write. */
export interface StageMetrics {
  /** @throws Error if no function writes the metric with these dimensions, because an alarm on it could never ring */
  get(name: MetricName, choice: MetricChoice): MetricWithAlarmSupport;
  /** Returns a name that no other stage has. @example 'idv-webhooks-live-parked' */
  nameWithStack(name: string): string;
}

export function createStageMetrics(scope: Construct, stage: string, factory: MetricFactory): StageMetrics {
  return {
    get(name, { statistic, provider, period, label = provider ?? name }) {
      const { per } = metrics[name];
      if (per !== 'both' && (per === 'provider') !== (provider !== null)) {
        throw new Error(
          `metric ${name} is written per ${per}, so it is not there per ${provider ?? 'stage'}`,
        );
      }
      const dimensions = provider === null ? { stage } : { stage, provider };
      return factory.createMetric(name, statistic, label, dimensions, undefined, undefined, period);
    },
    nameWithStack: (name) => `${Stack.of(scope).stackName}-${name}`,
  };
}
