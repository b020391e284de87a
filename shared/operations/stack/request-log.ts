import * as z from 'zod';
import type { ProviderName } from '../../contract/provider-name.ts';

/** A request to the webhooks API, accepted or not. */
export interface LoggedRequest {
  /** When it arrived, as an ISO 8601 instant. */
  readonly time: string;
  /** The id of the request at API Gateway. */
  readonly requestId: string;
  readonly sourceAddress: string;
  readonly method: string;
  /** The path as the route declares it, such as `/webhooks/id360/{reference}/{signature}`; null if no route matches. */
  readonly resource: string | null;
  /** The status of our answer. */
  readonly status: number;
  /** Null if no route matches. */
  readonly provider: ProviderName | null;
  /**
   * Why the request was not accepted: an error type of API Gateway, such as `ACCESS_DENIED`, or the reason that the receiver
   * logs, such as `credential`. Null if the request was accepted, or if no log has a reason.
   */
  readonly reason: string | null;
}

export interface RequestLogQuery {
  readonly since: Date;
  /** True for only the requests that were answered with 4xx or 5xx. */
  readonly refusedOnly: boolean;
}

/** The requests to the webhooks API, from the access log and the logs of the receivers. */
export interface RequestLog {
  /**
   * Reads the requests since an instant, oldest first.
   *
   * @throws ConfigurationError if the stack has no access log
   */
  read(query: RequestLogQuery): Promise<LoggedRequest[]>;
  /** Closes the connections, so that the process can end. */
  close(): void;
}

/** A line of the access log, in the format of `infra/edge/access-log.ts`. The value `-` stands for no value. */
export const AccessLogLine = z.object({
  requestId: z.string(),
  /** Such as `22/Nov/2026:10:15:00 +0000`. */
  time: z.string(),
  sourceIp: z.string(),
  method: z.string(),
  resource: z.string(),
  status: z.string(),
  reason: z.string(),
});
export type AccessLogLine = z.infer<typeof AccessLogLine>;

/** A line of a receiver's log that says why a request was not accepted. */
export const ReceiverLogLine = z.object({
  requestId: z.string(),
  message: z.enum(['delivery refused', 'delivery quarantined', 'the delivery could not be stored']),
  reason: z.string().optional(),
  /** The name of the error, if the delivery could not be stored. */
  error: z.string().optional(),
});
export type ReceiverLogLine = z.infer<typeof ReceiverLogLine>;

/** Parses a log line. @returns null if the line has not this format, such as a line of the runtime */
export function parseLogLine<Line>(schema: z.ZodType<Line>, text: string | undefined): Line | null {
  try {
    return schema.safeParse(JSON.parse(text ?? '')).data ?? null;
  } catch {
    return null;
  }
}

/**
 * Joins the lines of the access log with the lines of the receivers by their request id: only the access log knows each
 * request and its address, and only the receiver knows its own reason. This function is pure.
 *
 * @returns the requests of the query, oldest first
 */
export function joinRequestLogs(
  accessLines: readonly AccessLogLine[],
  receiverLines: readonly ReceiverLogLine[],
  { since, refusedOnly }: RequestLogQuery,
): LoggedRequest[] {
  const reasons = new Map(
    receiverLines.map(({ requestId, reason, error }) => [requestId, reason ?? error ?? null]),
  );
  return accessLines
    .map((line) => convertLine(line, reasons.get(line.requestId) ?? null))
    .filter(({ status }) => !refusedOnly || isRefused(status))
    .filter(({ time }) => Date.parse(time) >= toSeconds(since))
    .toSorted((a, b) => Date.parse(a.time) - Date.parse(b.time));
}

/** Checks whether a status is an error of the sender (4xx) or of our system (5xx). */
const isRefused = (status: number) => status >= 400;

/** The access log has the time in whole seconds. */
const toSeconds = (instant: Date) => Math.floor(instant.getTime() / 1000) * 1000;

function convertLine(
  { requestId, time, sourceIp, method, resource, status, reason }: AccessLogLine,
  receiverReason: string | null,
): LoggedRequest {
  const route = readValue(resource);
  return {
    time: parseRequestTime(time),
    requestId,
    sourceAddress: sourceIp,
    method,
    resource: route,
    status: Number(status),
    provider: /^\/webhooks\/([^/{]+)/.exec(route ?? '')?.[1] ?? null,
    reason: receiverReason ?? readValue(reason),
  };
}

const readValue = (text: string) => (text === '-' || text === '' ? null : text);

/** Converts `22/Nov/2026:10:15:00 +0000` to an ISO 8601 instant. */
function parseRequestTime(text: string): string {
  const [, date, clock] = /^([^:]+):(.+)$/.exec(text) ?? [];
  return new Date(`${date?.replaceAll('/', ' ')} ${clock}`).toISOString();
}
