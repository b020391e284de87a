import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import {
  AccessLogLine,
  joinRequestLogs,
  parseLogLine,
  ReceiverLogLine,
  type RequestLog,
} from '../../../shared/operations/stack/request-log.ts';
import { ConfigurationError } from '../../../shared/platform/errors.ts';

/** The status is text in the access log, so the pattern compares text. */
const refusals = '{ ($.status = "4*") || ($.status = "5*") }';

const receiverReasons = `{ ${ReceiverLogLine.shape.message.options.map((message) => `($.message = "${message}")`).join(' || ')} }`;

export interface RequestLogGroups {
  /** The stack's output `AccessLogGroupName`; undefined if the stage has no access log. */
  readonly accessLog: string | undefined;
  /** The log groups of the receivers. */
  readonly receivers: readonly string[];
}

/** Reads the requests of a deployed stack from CloudWatch Logs. */
export function createCloudWatchRequestLog(
  { accessLog, receivers }: RequestLogGroups,
  settings: { readonly region?: string },
): RequestLog {
  const client = new CloudWatchLogsClient(settings);

  async function readLines(logGroupName: string, since: Date, filterPattern?: string): Promise<string[]> {
    const lines: string[] = [];
    const pages = paginateFilterLogEvents(
      { client },
      { logGroupName, startTime: since.getTime(), ...(filterPattern === undefined ? {} : { filterPattern }) },
    );
    for await (const { events = [] } of pages) lines.push(...events.flatMap(({ message }) => message ?? []));
    return lines;
  }

  return {
    async read(query) {
      if (accessLog === undefined)
        throw new ConfigurationError(
          'The stage has no access log: set edge.cloudWatchRole of the stage in infra/stages.ts, and deploy it',
        );
      const { since, refusedOnly } = query;
      const [accessLines, ...receiverLines] = await Promise.all([
        readLines(accessLog, since, refusedOnly ? refusals : undefined),
        ...receivers.map((group) => readLines(group, since, receiverReasons)),
      ]);
      return joinRequestLogs(
        accessLines.flatMap((line) => parseLogLine(AccessLogLine, line) ?? []),
        receiverLines.flat().flatMap((line) => parseLogLine(ReceiverLogLine, line) ?? []),
        query,
      );
    },
    close: () => client.destroy(),
  };
}
