import type { AwsServiceEndpoints } from '../aws-account.ts';
import type { CleanupList } from '../cleanup.ts';
import { TemplateError } from '../errors.ts';
import type { StoppableLocalFunction } from '../functions/local-function.ts';
import type { LogLineListener } from '../functions/log-lines.ts';
import type { ResolvedResource, StackTemplate } from '../template/stack-template.ts';
import { openStreamCheckpoints } from './checkpoints.ts';
import { type EventSourceMapping, readEventSourceMapping } from './event-source-mapping.ts';
import { createDiscardedBatchSender } from './failure-destination.ts';
import type { InvocationCount } from './invocation-count.ts';
import { pollQueue } from './sqs-poller.ts';
import { pollStream } from './stream-poller.ts';

/** SQS's default visibility timeout. */
const defaultVisibilitySeconds = 30;

export interface StartPollersOptions {
  functions: StoppableLocalFunction[];
  /** The URLs that pollers use: the URLs of the emulators, or of proxies that a test puts in front of them. */
  endpoints: AwsServiceEndpoints;
  /** The ARNs of the streams in the DynamoDB emulator, by table name. */
  streams: Map<string, string>;
  invocations: InvocationCount;
  /** The directory that stores the pollers' positions in streams. Undefined if a stopped stack keeps no data. */
  dataDir: string | undefined;
  log: LogLineListener;
}

/** Starts a poller for each enabled event source mapping in the CloudFormation template. */
export function startPollers(
  template: StackTemplate,
  context: StartPollersOptions,
  cleanup: CleanupList,
): void {
  const { functions, endpoints, streams, invocations, log } = context;
  const checkpoints = openStreamCheckpoints(context.dataDir);
  const queues = template.resources('AWS::SQS::Queue');
  const tables = template.resources('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable');
  const stop = new AbortController();
  const pollers: Promise<void>[] = [];

  cleanup.add(async () => {
    stop.abort();
    // Stop the functions first. Otherwise a poller that waits for a function would delay the stop of the local stack.
    await Promise.all(functions.map((each) => each.stop()));
    await Promise.all(pollers);
  });

  for (const resource of template.resources('AWS::Lambda::EventSourceMapping')) {
    const mapping = readEventSourceMapping(resource, functions);
    if (mapping === undefined) continue;
    const queue = queues.find(({ reference }) => reference.attributes.Arn === mapping.eventSourceArn);
    const table = tables.find(({ reference }) => reference.attributes.StreamArn === mapping.eventSourceArn);
    const stream = table && streams.get(table.reference.name);
    if (queue !== undefined) {
      checkVisibilityTimeout(mapping, queue);
      pollers.push(pollQueue(mapping, endpoints.sqs, queue.reference.ref, stop.signal, log));
    } else if (stream !== undefined) {
      const discard = createDiscardedBatchSender(mapping, endpoints);
      pollers.push(
        pollStream({
          mapping,
          endpoint: endpoints.dynamodb,
          streamArn: stream,
          discard,
          checkpoints,
          invocations,
          signal: stop.signal,
          log,
        }),
      );
    } else {
      throw new TemplateError(
        `${resource.logicalId} reads ${mapping.eventSourceArn}, no queue or stream of the template`,
      );
    }
  }
}

/**
 * Checks that the queue's visibility timeout is not shorter than the function's time-out. Otherwise a message could
 * return while the function still handles it. Lambda refuses such a mapping too.
 */
function checkVisibilityTimeout(mapping: EventSourceMapping, queue: ResolvedResource): void {
  const seconds = Number(queue.properties.VisibilityTimeout ?? defaultVisibilitySeconds);
  if (seconds * 1000 >= mapping.function.timeoutMs) return;
  throw new TemplateError(
    `${mapping.logicalId}: the visibility timeout of ${seconds} s is shorter than the time-out of ${mapping.function.name}`,
  );
}
