import { buildMetricsLine } from './embedded-metrics.ts';
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

type Level = 'INFO' | 'WARN' | 'ERROR';

/**
 * Creates telemetry. Its lines have the format of Powertools for AWS Lambda, which would take a seventh of the
 * receiver's start (decision record 036).
 *
 * @param dimensions the dimensions of each metric, such as the provider
 */
export function createTelemetry(
  service: string,
  dimensions: Readonly<Record<string, string>>,
  now: () => Date = () => new Date(),
): Telemetry {
  const counts = new Map<string, number>();
  const log = (level: Level, message: string, fields: LogFields) =>
    writeLine(
      JSON.stringify({
        level,
        message,
        timestamp: now().toISOString(),
        service,
        xray_trace_id: readTraceId(),
        ...fields,
      }),
    );
  return {
    info: (message, fields) => log('INFO', message, fields),
    warn: (message, fields, error) =>
      log('WARN', message, error === undefined ? fields : { ...fields, ...errorFields(error) }),
    error: (message, error, fields = {}) => log('ERROR', message, { ...fields, ...errorFields(error) }),
    count: (metric, value = 1) => void counts.set(metric, (counts.get(metric) ?? 0) + value),
    flush() {
      if (counts.size === 0) return;
      writeLine(buildMetricsLine({ service, ...dimensions }, counts, now().getTime()));
      counts.clear();
    },
  };
}

/** Writes to standard output without the methods of `console`, because Lambda adds a prefix to their lines. */
function writeLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Returns the X-Ray trace of the current invocation. @returns undefined if Lambda traces no invocations */
function readTraceId(): string | undefined {
  return /Root=([^;]+)/.exec(process.env._X_AMZN_TRACE_ID ?? '')?.[1];
}

/** Returns the fields of an error that are safe to log: its name, and the message of our own errors. */
function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  return { error: error.name, detail: error instanceof IdvError ? error.message : null };
}
