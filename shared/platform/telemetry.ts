import { buildMetricsLine, type MetricValue } from './embedded-metrics.ts';
import { IdvError } from './errors.ts';
import type { CounterName, DurationName } from './metrics.ts';

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
  /**
   * Adds one (or `value`) to a counter.
   *
   * @param provider the provider that the count belongs to, in a function that serves all providers
   */
  count(metric: CounterName, value?: number, provider?: string): void;
  /** Records a time in seconds. Of several times before a flush, the longest counts. @param provider as for `count` */
  measure(metric: DurationName, seconds: number, provider?: string): void;
  /** Writes the metrics to standard output. The function calls it once per invocation. */
  flush(): void;
}

type Level = 'INFO' | 'WARN' | 'ERROR';

/**
 * Creates telemetry. Its lines have the format of Powertools for AWS Lambda, which would take a seventh of the
 * receiver's start (decision record 036). The dimensions of each metric are the stage and the provider (decision record
 * 051).
 *
 * @param own the provider of the function; empty if the function serves all providers
 */
export function createTelemetry(
  service: string,
  own: { readonly provider?: string },
  now: () => Date = () => new Date(),
): Telemetry {
  /** The values since the last flush, by provider. The key is empty if a value belongs to no provider. */
  const values = new Map<string, Map<string, MetricValue>>();
  const set = (
    provider = own.provider ?? '',
    metric: string,
    unit: MetricValue['unit'],
    next: (value: number) => number,
  ) => {
    const ofProvider = values.get(provider) ?? new Map<string, MetricValue>();
    values.set(provider, ofProvider.set(metric, { unit, value: next(ofProvider.get(metric)?.value ?? 0) }));
  };
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
    count: (metric, value = 1, provider) => set(provider, metric, 'Count', (sum) => sum + value),
    measure: (metric, seconds, provider) =>
      set(provider, metric, 'Seconds', (longest) => Math.max(longest, seconds)),
    flush() {
      const stage = process.env.STAGE ?? 'unknown';
      for (const [provider, ofProvider] of values) {
        const fields = provider === '' ? { service, stage } : { service, stage, provider };
        const sets = provider === '' ? [] : [['stage', 'provider']];
        // A function that serves all providers also writes the total of the stage.
        if (own.provider === undefined) sets.push(['stage']);
        writeLine(buildMetricsLine(fields, sets, ofProvider, now().getTime()));
      }
      values.clear();
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
