import * as z from 'zod';
import { parseJsonLine } from './parse-json-line.ts';

/** The values of a metric in one minute, as CloudWatch keeps them. */
interface MetricMinute {
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** The start of the minute, in milliseconds since 1970. */
  readonly at: number;
  sum: number;
  maximum: number;
}

/** The metrics that the functions write into their logs, as CloudWatch keeps them on AWS. */
export interface MetricRecords {
  /** Keeps the values of a log line in the embedded metric format, and ignores all other lines. */
  addLogLine(line: string): void;
  /** Builds the answer to `GET /_local/metrics`: the minutes of the last 24 hours, oldest first. */
  list(): { readonly minutes: readonly MetricMinute[] };
}

const minuteMs = 60_000;
const keptMs = 24 * 60 * minuteMs;

const MetricsLine = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});

export function createMetricRecords(): MetricRecords {
  /** By metric, dimensions and minute. A map has the order of its insertions, so the oldest minutes come first. */
  const minutes = new Map<string, MetricMinute>();

  function add(metric: string, dimensions: Record<string, string>, at: number, value: number): void {
    const key = JSON.stringify([metric, dimensions, at]);
    const known = minutes.get(key);
    if (known === undefined) minutes.set(key, { metric, dimensions, at, sum: value, maximum: value });
    else {
      known.sum += value;
      known.maximum = Math.max(known.maximum, value);
    }
    for (const [oldest, minute] of minutes) {
      if (minute.at >= at - keptMs) break;
      minutes.delete(oldest);
    }
  }

  return {
    addLogLine(line) {
      if (!line.startsWith('{"_aws":')) return;
      const parsed = MetricsLine.safeParse(parseJsonLine(line));
      if (!parsed.success) return;
      const { _aws, ...members } = parsed.data;
      const at = Math.floor(_aws.Timestamp / minuteMs) * minuteMs;
      for (const { Dimensions, Metrics } of _aws.CloudWatchMetrics) {
        for (const names of Dimensions) {
          const dimensions = Object.fromEntries(names.map((name) => [name, String(members[name])]));
          for (const { Name } of Metrics) add(Name, dimensions, at, Number(members[Name]));
        }
      }
    },
    list: () => ({ minutes: [...minutes.values()] }),
  };
}
