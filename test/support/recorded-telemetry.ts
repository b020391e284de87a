import type { LogFields, Telemetry } from '../../shared/platform/telemetry.ts';

export interface RecordedTelemetry extends Telemetry {
  readonly lines: readonly [level: string, message: string, fields: LogFields][];
  readonly counts: Readonly<Record<string, number>>;
  /** The counts that belong to a provider, in a function that serves all providers: `idnow MessagesParked`. */
  readonly countsOfProviders: Readonly<Record<string, number>>;
  /** The measured times in seconds. The name of a metric follows its provider if it has one: `idnow RelayLagSeconds`. */
  readonly seconds: Readonly<Record<string, number>>;
  /** The errors that were passed to `warn` and `error`. */
  readonly errors: readonly unknown[];
  readonly flushes: number;
}

/** Creates telemetry for tests. It records all log lines, counts, errors and flushes. */
export function recordedTelemetry(): RecordedTelemetry {
  const lines: [string, string, LogFields][] = [];
  const counts: Record<string, number> = {};
  const countsOfProviders: Record<string, number> = {};
  const measured: Record<string, number> = {};
  const errors: unknown[] = [];
  let flushes = 0;
  return {
    lines,
    counts,
    countsOfProviders,
    seconds: measured,
    errors,
    get flushes() {
      return flushes;
    },
    info: (message, fields) => lines.push(['info', message, fields]),
    warn(message, fields, error) {
      lines.push(['warn', message, fields]);
      if (error !== undefined) errors.push(error);
    },
    error(message, error, fields = {}) {
      lines.push(['error', message, fields]);
      errors.push(error);
    },
    count(metric, value = 1, provider) {
      counts[metric] = (counts[metric] ?? 0) + value;
      if (provider === undefined) return;
      const name = `${provider} ${metric}`;
      countsOfProviders[name] = (countsOfProviders[name] ?? 0) + value;
    },
    measure(metric, seconds, provider) {
      const name = provider === undefined ? metric : `${provider} ${metric}`;
      measured[name] = Math.max(measured[name] ?? 0, seconds);
    },
    flush() {
      flushes++;
    },
  };
}
