import type { metricNamespace } from './metrics.ts';

// The type ties this text to the table of metrics, which is in no bundle.
const namespace: typeof metricNamespace = 'IdvWebhooks';

export interface MetricValue {
  readonly unit: 'Count' | 'Seconds';
  readonly value: number;
}

/**
 * Builds a log line from which CloudWatch reads metrics (embedded metric format). CloudWatch stores each metric once for
 * each set of dimensions.
 *
 * @param fields the values of the dimensions, and further fields, which are only in the log
 * @param values the values, by the name of their metric
 */
export function buildMetricsLine(
  fields: Readonly<Record<string, string>>,
  dimensionSets: readonly (readonly string[])[],
  values: ReadonlyMap<string, MetricValue>,
  timestamp: number,
): string {
  return JSON.stringify({
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: dimensionSets,
          Metrics: Array.from(values, ([Name, { unit: Unit }]) => ({ Name, Unit })),
        },
      ],
    },
    ...fields,
    ...Object.fromEntries(Array.from(values, ([name, { value }]) => [name, value])),
  });
}
