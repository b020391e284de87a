import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { IdvError } from './errors.ts';

export type LogFields = Readonly<Record<string, string | number | null>>;

/**
 * Logs (JSON lines) and metrics (CloudWatch embedded metric format), both on standard output. Fields are
 * ids, words of ours and numbers: never bodies, claims or secrets.
 */
export interface Telemetry {
  info(message: string, fields: LogFields): void;
  /** What is expected to pass, or to be refused; an error is named as in `error`. */
  warn(message: string, fields: LogFields, error?: unknown): void;
  /** Names the error by its class only, and its message where it is ours: others may quote their input. */
  error(message: string, error: unknown, fields?: LogFields): void;
  /** Adds one (or `value`) to a counter. */
  count(metric: string, value?: number): void;
  /** Writes the counters; call it once an invocation. */
  flush(): void;
}

/** @param dimensions of every metric, such as the provider */
export function powertoolsTelemetry(service: string, dimensions: Record<string, string>): Telemetry {
  const logger = new Logger({ serviceName: service });
  const metrics = new Metrics({ namespace: 'IdvWebhooks', serviceName: service });
  return {
    info: (message, fields) => logger.info(message, fields),
    warn: (message, fields, error) =>
      logger.warn(message, error === undefined ? fields : { ...fields, ...describe(error) }),
    error: (message, error, fields = {}) => logger.error(message, { ...fields, ...describe(error) }),
    count: (metric, value = 1) => metrics.addMetric(metric, MetricUnit.Count, value),
    flush() {
      metrics.addDimensions(dimensions);
      metrics.publishStoredMetrics();
    },
  };
}

/** What is safe to write of an error: its name, and the message where it is one of ours. */
function describe(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  return { error: error.name, detail: error instanceof IdvError ? error.message : null };
}
