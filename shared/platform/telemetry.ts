import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { IdvError } from './errors.ts';

export type LogFields = Readonly<Record<string, string | number | null>>;

/**
 * Writes logs (JSON lines) and metrics (CloudWatch embedded metric format) to standard output. Fields contain ids, our own
 * codes and numbers, but never bodies, claims or secrets.
 */
export interface Telemetry {
  info(message: string, fields: LogFields): void;
  /** Logs an expected or temporary problem. It describes an error in the same way as the method `error`. */
  warn(message: string, fields: LogFields, error?: unknown): void;
  /**
   * Logs an error with its name. It logs the error's message only for our own errors, because other messages may quote
   * personal data.
   */
  error(message: string, error: unknown, fields?: LogFields): void;
  /** Adds one (or `value`) to a counter. */
  count(metric: string, value?: number): void;
  /** Writes the counters to standard output. The function calls it once per invocation. */
  flush(): void;
}

/**
 * Creates telemetry with Powertools for AWS Lambda.
 *
 * @param dimensions the dimensions of each metric, such as the provider
 */
export function createPowertoolsTelemetry(service: string, dimensions: Record<string, string>): Telemetry {
  const logger = new Logger({ serviceName: service });
  const metrics = new Metrics({ namespace: 'IdvWebhooks', serviceName: service });
  return {
    info: (message, fields) => logger.info(message, fields),
    warn: (message, fields, error) =>
      logger.warn(message, error === undefined ? fields : { ...fields, ...errorFields(error) }),
    error: (message, error, fields = {}) => logger.error(message, { ...fields, ...errorFields(error) }),
    count: (metric, value = 1) => metrics.addMetric(metric, MetricUnit.Count, value),
    flush() {
      metrics.addDimensions(dimensions);
      metrics.publishStoredMetrics();
    },
  };
}

/** Returns the fields of an error that are safe to log: its name, and the message of our own errors. */
function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  return { error: error.name, detail: error instanceof IdvError ? error.message : null };
}
