import type { LogFields, Telemetry } from '../../shared/platform/telemetry.ts';

export interface RecordedTelemetry extends Telemetry {
  readonly lines: readonly [level: string, message: string, fields: LogFields][];
  readonly counts: Readonly<Record<string, number>>;
  readonly flushes: number;
}

/** Telemetry that keeps what it is told. */
export function recordedTelemetry(): RecordedTelemetry {
  const lines: [string, string, LogFields][] = [];
  const counts: Record<string, number> = {};
  let flushes = 0;
  return {
    lines,
    counts,
    get flushes() {
      return flushes;
    },
    info: (message, fields) => lines.push(['info', message, fields]),
    warn: (message, fields) => lines.push(['warn', message, fields]),
    error: (message, _error, fields = {}) => lines.push(['error', message, fields]),
    count(metric, value = 1) {
      counts[metric] = (counts[metric] ?? 0) + value;
    },
    flush() {
      flushes++;
    },
  };
}
