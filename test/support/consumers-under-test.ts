import { once } from 'node:events';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { ApplyEvent } from '../../docs/events/examples/apply-event.ts';
import { createHandler } from '../../docs/events/examples/lambda-consumer.ts';
import { createPollingConsumer } from '../../docs/events/examples/polling-consumer.ts';
import { pollQueue } from '../../local/stack/event-sources/sqs-poller.ts';
import type { InvocationResult } from '../../local/stack/functions/invocation.ts';
import { formatGeneration } from '../../shared/contract/generation.ts';
import { type ConsumerTables, createConsumerTables } from './consumer-tables.ts';
import { type FaultyProxy, faultyProxy } from './faulty-proxy.ts';
import type { SystemUnderTest } from './system-under-test.ts';

/** Starts a consumer of the events queue, and returns a function that stops it. */
export type StartConsumer = (apply: ApplyEvent) => () => Promise<void>;

export interface ConsumersUnderTest {
  /** The examples in `docs/events/examples` that receive events, by name. */
  readonly start: Readonly<Record<'sqs-consumer' | 'Lambda', StartConsumer>>;
  /** The examples that apply an event to a table. */
  readonly tables: ConsumerTables;
  /** The calls that the consumers have sent to SQS and S3. */
  readonly calls: FaultyProxy['calls'];
  setQueueAttributes(attributes: Record<string, string>): Promise<void>;
  /** Returns the number of messages in a queue, hidden messages included. */
  countMessages(queueUrl: string): Promise<number>;
  stop(): Promise<void>;
}

const text = z.string();

/** The event with which Lambda invokes a consumer of a queue. */
const SqsEvent = z.object({
  Records: z.array(
    z.object({
      messageId: text,
      receiptHandle: text,
      body: text,
      attributes: z.object({
        MessageGroupId: text,
        ApproximateReceiveCount: text,
        SentTimestamp: text,
        SenderId: text,
        ApproximateFirstReceiveTimestamp: text,
      }),
      messageAttributes: z.record(text, z.object({ stringValue: text, dataType: text })),
      md5OfBody: text,
      eventSource: text,
      eventSourceARN: text,
      awsRegion: text,
    }),
  ),
});

/** Prepares the examples of `docs/events` for the local stack of a test. */
export async function consumersFor(sut: SystemUnderTest): Promise<ConsumersUnderTest> {
  const { stack } = sut.system;
  const aws = { region: stack.region, credentials: stack.credentials };
  const proxy = faultyProxy();
  const sqsUrl = await proxy.intercept('sqs', stack.endpoints.sqs);
  const s3Url = await proxy.intercept('s3', stack.endpoints.s3);
  const eventsQueueUrl = stack.outputs.EventsQueueUrl ?? '';
  // The SDK sends calls about a queue to the host in the queue's URL.
  const queueUrl = eventsQueueUrl.replace(stack.endpoints.sqs, sqsUrl);
  const sqs = new SQSClient({ ...aws, endpoint: sqsUrl });
  const s3 = new S3Client({ ...aws, endpoint: s3Url, forcePathStyle: true });
  const dynamoDb = new DynamoDBClient({ ...aws, endpoint: stack.endpoints.dynamodb });
  const tables = await createConsumerTables(dynamoDb, s3, formatGeneration(new Date().toISOString()));

  return {
    start: {
      'sqs-consumer': (apply) => startPolling(sqs, queueUrl, apply),
      Lambda: (apply) => startLambda(sqsUrl, queueUrl, apply),
    },
    tables,
    calls: proxy.calls,
    async setQueueAttributes(Attributes) {
      await sut.sqs.send(new SetQueueAttributesCommand({ QueueUrl: eventsQueueUrl, Attributes }));
    },
    async countMessages(QueueUrl) {
      const { Attributes: all = {} } = await sut.sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
      );
      return Number(all.ApproximateNumberOfMessages) + Number(all.ApproximateNumberOfMessagesNotVisible);
    },
    async stop() {
      await proxy.stop();
      for (const client of [sqs, s3, dynamoDb]) client.destroy();
    },
  };
}

function startPolling(sqs: SQSClient, queueUrl: string, apply: ApplyEvent): () => Promise<void> {
  const consumer = createPollingConsumer({ sqs, queueUrl, apply });
  consumer.start();
  return async () => {
    const stopped = once(consumer, 'stopped');
    consumer.stop({ abort: true });
    await stopped;
  };
}

/** Invokes the handler as an event source mapping of Lambda does. */
function startLambda(endpoint: string, queueUrl: string, apply: ApplyEvent): () => Promise<void> {
  const handler = createHandler(apply);
  const stopping = new AbortController();
  const invoke = async (event: unknown): Promise<InvocationResult> => {
    try {
      const payload = await handler(SqsEvent.parse(event));
      return { kind: 'succeeded', requestId: 'r', payload };
    } catch (error) {
      return { kind: 'failed', requestId: 'r', error: { errorType: 'Error', errorMessage: String(error) } };
    }
  };
  const ended = pollQueue(
    {
      id: 'a-mapping',
      logicalId: 'Mapping',
      function: {
        name: 'the-consumer',
        arn: 'arn:aws:lambda:eu-west-1:000000000000:function:the-consumer',
        maxInstances: 1,
        timeoutMs: 30_000,
        invoke,
        crash: async () => undefined,
        stop: async () => undefined,
      },
      eventSourceArn: 'arn:aws:sqs:eu-west-1:000000000000:the-queue',
      batchSize: 10,
      batchingWindowMs: 0,
      reportsBatchItemFailures: true,
      bisectBatchOnError: false,
      maximumRetryAttempts: -1,
      maximumRecordAgeSeconds: -1,
      maximumConcurrency: undefined,
      startingPosition: 'TRIM_HORIZON',
      onFailureArn: undefined,
      accepts: () => true,
    },
    endpoint,
    queueUrl,
    stopping.signal,
    () => undefined,
  );
  return async () => {
    stopping.abort();
    await ended;
  };
}
