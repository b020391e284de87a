const namespace = 'IdvWebhooks';

/**
 * Builds a log line from which CloudWatch reads metrics (embedded metric format).
 *
 * @param dimensions the dimensions of each metric, such as the service and the provider
 * @param counts the counters, by the name of their metric
 */
export function buildMetricsLine(
  dimensions: Readonly<Record<string, string>>,
  counts: ReadonlyMap<string, number>,
  timestamp: number,
): string {
  return JSON.stringify({
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [Object.keys(dimensions)],
          Metrics: Array.from(counts.keys(), (name) => ({ Name: name, Unit: 'Count' })),
        },
      ],
    },
    ...dimensions,
    ...Object.fromEntries(counts),
  });
}
