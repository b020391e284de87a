import type { ProviderName } from '../../contract/provider-name.ts';
import type { MetricName } from '../../platform/metrics.ts';

export interface MetricQuery {
  readonly metric: MetricName;
  /** Null for the metric of the whole stage: see `per` in `shared/platform/metrics.ts`. */
  readonly provider: ProviderName | null;
  readonly statistic: 'Sum' | 'Maximum';
}

export interface MetricPoint {
  /** The start of the period, as an ISO 8601 instant. */
  readonly at: string;
  readonly value: number;
}

export interface MetricSeries extends MetricQuery {
  /** The values, oldest first. A period in which nothing was written has no point. */
  readonly points: readonly MetricPoint[];
}

export interface MetricsPeriod {
  readonly since: Date;
  readonly until: Date;
  /** The length of a period: a multiple of 60. Periods begin at its multiples since 1970. */
  readonly periodSeconds: number;
}

/** Our own metrics (`shared/platform/metrics.ts`), as series. */
export interface MetricsReader {
  /** Reads series. @returns one series for each query, in the order of the queries */
  read(queries: readonly MetricQuery[], period: MetricsPeriod): Promise<MetricSeries[]>;
  /** Closes the connections, so that the process can end. */
  close(): void;
}
