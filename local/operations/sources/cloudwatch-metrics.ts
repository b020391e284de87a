import {
  CloudWatchClient,
  type MetricDataQuery,
  type MetricDataResult,
  paginateGetMetricData,
} from '@aws-sdk/client-cloudwatch';
import type { MetricQuery, MetricsReader } from '../../../shared/operations/stack/metrics-reader.ts';
import { metricNamespace } from '../../../shared/platform/metrics.ts';

/** The maximum number of queries that one call of GetMetricData accepts. */
const mostQueries = 500;

/** Reads the metrics of a deployed stage from CloudWatch. */
export function createCloudWatchMetrics(
  stageName: string,
  settings: { readonly region?: string },
): MetricsReader {
  const client = new CloudWatchClient(settings);
  return {
    async read(queries, { since, until, periodSeconds }) {
      const points = new Map<string, { at: string; value: number }[]>();
      for (let first = 0; first < queries.length; first += mostQueries) {
        const MetricDataQueries = queries
          .slice(first, first + mostQueries)
          .map((query, index) => convertQuery(query, idOf(first + index), stageName, periodSeconds));
        const input = {
          MetricDataQueries,
          StartTime: since,
          EndTime: until,
          ScanBy: 'TimestampAscending' as const,
        };
        for await (const { MetricDataResults = [] } of paginateGetMetricData({ client }, input)) {
          for (const result of MetricDataResults) {
            const id = result.Id ?? '';
            points.set(id, [...(points.get(id) ?? []), ...listPoints(result)]);
          }
        }
      }
      return queries.map((query, index) => ({ ...query, points: points.get(idOf(index)) ?? [] }));
    },
    close: () => client.destroy(),
  };
}

/** Returns the id of a query. CloudWatch's ids begin with a lower-case letter. */
const idOf = (index: number) => `q${index}`;

function convertQuery(
  { metric, provider, statistic }: MetricQuery,
  Id: string,
  stageName: string,
  Period: number,
): MetricDataQuery {
  const Dimensions = [
    { Name: 'stage', Value: stageName },
    ...(provider === null ? [] : [{ Name: 'provider', Value: provider }]),
  ];
  const Metric = { Namespace: metricNamespace, MetricName: metric, Dimensions };
  return { Id, MetricStat: { Metric, Period, Stat: statistic } };
}

function listPoints({ Timestamps = [], Values = [] }: MetricDataResult): { at: string; value: number }[] {
  return Timestamps.map((at, index) => ({ at: at.toISOString(), value: Values[index] ?? 0 }));
}
