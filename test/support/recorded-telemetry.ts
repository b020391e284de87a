import type { LogFields, Telemetry } from '../../shared/platform/telemetry.ts';

export interface RecordedTelemetry extends Telemetry {
  readonly lines: readonly [level: string, message: string, fields: LogFields][];
  readonly counts: Readonly<Record<string, number>>;
  /** The errors that were passed to `warn` and `error`. */
  readonly errors: readonly unknown[];
  readonly flushes: number;
}

/** Creates telemetry for tests. It records all log lines, counts, errors and flushes. */
export function recordedTelemetry(): RecordedTelemetry {
  const lines: [string, string, LogFields][] = [];
  const counts: Record<string, number> = {};
  const errors: unknown[] = [];
  let flushes = 0;
  return {
    lines,
    counts,
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
    count(metric, value = 1) {
      counts[metric] = (counts[metric] ?? 0) + value;
    },
    flush() {
      flushes++;
    },
  };
}
