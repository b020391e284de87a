import * as z from 'zod';
import { parseJsonLine } from './parse-json-line.ts';

/** A line of the access log, with the members of `infra/edge/access-log.ts`. `-` stands for no value, as on AWS. */
export interface AccessLogRecord {
  readonly requestId: string;
  /** Such as `22/Nov/2026:10:15:00 +0000`. */
  readonly time: string;
  readonly sourceIp: string;
  readonly method: string;
  /** The path as the route declares it. The path of a request is never kept, because a signed URL is a credential. */
  readonly resource: string;
  readonly status: string;
  readonly reason: string;
  readonly receiverStatus: string;
  readonly responseMs: string;
  readonly tlsVersion: string;
}

/** The last requests to the REST API and the last reasons of receivers, as CloudWatch Logs keeps them on AWS. */
export interface RequestRecords {
  addRequest(record: AccessLogRecord): void;
  /** Keeps a log line of a function if it says why a request was not accepted. */
  addLogLine(line: string): void;
  /** Builds the answer to `GET /_local/requests`. */
  list(): { readonly requests: readonly AccessLogRecord[]; readonly receivers: readonly ReceiverRecord[] };
}

/** The members of a receiver's log line that say why a request was not accepted. */
const ReceiverRecord = z.object({
  requestId: z.string(),
  message: z.string(),
  reason: z.string().optional(),
  error: z.string().optional(),
});
type ReceiverRecord = z.infer<typeof ReceiverRecord>;

/** The maximum number of requests and of reasons. A request takes about 300 bytes. */
const mostRecords = 10_000;

export function createRequestRecords(): RequestRecords {
  const requests: AccessLogRecord[] = [];
  const receivers: ReceiverRecord[] = [];
  return {
    addRequest: (record) => addBounded(requests, record),
    addLogLine(line) {
      // Only a receiver logs the id of a request at API Gateway.
      if (!/^\{"level":.*"requestId":.*\}$/.test(line) || !/"(reason|error)":/.test(line)) return;
      const parsed = ReceiverRecord.safeParse(parseJsonLine(line));
      if (parsed.success) addBounded(receivers, parsed.data);
    },
    list: () => ({ requests: requests.slice(-mostRecords), receivers: receivers.slice(-mostRecords) }),
  };
}

/** Adds a record. From time to time, forgets the oldest: forgetting one for each new record would move all others. */
function addBounded<T>(records: T[], record: T): void {
  records.push(record);
  if (records.length >= 2 * mostRecords) records.splice(0, records.length - mostRecords);
}
