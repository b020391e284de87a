import * as z from 'zod';
import type { MetricsReader } from '../../../shared/operations/stack/metrics-reader.ts';
import {
  AccessLogLine,
  joinRequestLogs,
  ReceiverLogLine,
  type RequestLog,
} from '../../../shared/operations/stack/request-log.ts';
import { ConfigurationError } from '../../../shared/platform/errors.ts';

const Requests = z.object({
  requests: z.array(AccessLogLine),
  // Other lines of the receivers have the id of a request, too.
  receivers: z.array(z.union([ReceiverLogLine, z.unknown().transform(() => null)])),
});

/** Reads the requests to a local stack: the last 10,000. @param base the URL of the stack */
export function createLocalRequestLog(base: string): RequestLog {
  return {
    async read(query) {
      const { requests, receivers } = Requests.parse(await fetchRecords(base, 'requests'));
      return joinRequestLogs(
        requests,
        receivers.filter((line) => line !== null),
        query,
      );
    },
    close: () => undefined,
  };
}

const Metrics = z.object({
  minutes: z.array(
    z.object({
      metric: z.string(),
      dimensions: z.record(z.string(), z.string()),
      at: z.number(),
      sum: z.number(),
      maximum: z.number(),
    }),
  ),
});

/** Reads the metrics of a local stack: the last 24 hours. @param base the URL of the stack */
export function createLocalMetrics(base: string): MetricsReader {
  return {
    async read(queries, { since, until, periodSeconds }) {
      const { minutes } = Metrics.parse(await fetchRecords(base, 'metrics'));
      const periodMs = periodSeconds * 1000;
      return queries.map((query) => {
        const values = new Map<number, number>();
        for (const { metric, dimensions, at, sum, maximum } of minutes) {
          if (metric !== query.metric || (dimensions.provider ?? null) !== query.provider) continue;
          const period = Math.floor(at / periodMs) * periodMs;
          if (period < Math.floor(since.getTime() / periodMs) * periodMs || at > until.getTime()) continue;
          const known = values.get(period) ?? 0;
          values.set(period, query.statistic === 'Sum' ? known + sum : Math.max(known, maximum));
        }
        const points = [...values].toSorted(([a], [b]) => a - b);
        return { ...query, points: points.map(([at, value]) => ({ at: new Date(at).toISOString(), value })) };
      });
    },
    close: () => undefined,
  };
}

async function fetchRecords(base: string, what: 'requests' | 'metrics'): Promise<unknown> {
  const response = await fetch(new URL(`/_local/${what}`, base)).catch((cause: unknown) => {
    throw new ConfigurationError(`No local stack answers at ${base}: start one with "npm start"`, { cause });
  });
  if (response.ok) return response.json();
  throw new ConfigurationError(`The local stack at ${base} is too old: stop it, and start it again`);
}
