import { once } from 'node:events';
import { CreateTableCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { type ApplyEvent, caseTable } from '../../docs/events/examples/case-table.ts';
import { createHandler } from '../../docs/events/examples/lambda-consumer.ts';
import { createPollingConsumer } from '../../docs/events/examples/polling-consumer.ts';
import { pollQueue } from '../../local/stack/event-sources/sqs-poller.ts';
import type { InvocationResult } from '../../local/stack/functions/invocation.ts';
import { type FaultyProxy, faultyProxy } from './faulty-proxy.ts';
import type { SystemUnderTest } from './system-under-test.ts';

/** Starts a consumer of the events queue, and returns a function that stops it. */
export type StartConsumer = (apply: ApplyEvent) => () => Promise<void>;

export interface ConsumersUnderTest {
  /** The examples in `docs/events/examples`, by name. */
  readonly start: Readonly<Record<'sqs-consumer' | 'Lambda', StartConsumer>>;
  /** Applies an event to the table of cases, as the examples do. */
  readonly apply: ApplyEvent;
  /** The calls that the consumers have sent to SQS and S3. */
  readonly calls: FaultyProxy['calls'];
  readCase(verificationId: string): Promise<Case>;
  setQueueAttributes(attributes: Record<string, string>): Promise<void>;
  /** Returns the number of messages in a queue, hidden messages included. */
  countMessages(queueUrl: string): Promise<number>;
  stop(): Promise<void>;
}

const Case = z.object({
  sequence: z.number(),
  state: z.object({ outcome: z.string().nullable(), finality: z.string() }),
  claims: z.record(z.string(), z.unknown()).optional(),
  evidence: z.object({ manifest: z.string().nullable() }).optional(),
  history: z.array(z.object({ sequence: z.number(), type: z.string() })),
});
type Case = z.infer<typeof Case>;

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

const tableName = 'a-table-of-the-consumer';

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
  await dynamoDb.send(
    new CreateTableCommand({
      TableName: tableName,
      KeySchema: [{ AttributeName: 'verificationId', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'verificationId', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );

  return {
    start: {
      'sqs-consumer': (apply) => startPolling(sqs, queueUrl, apply),
      Lambda: (apply) => startLambda(sqsUrl, queueUrl, apply),
    },
    apply: caseTable({ dynamoDb, s3, tableName }),
    calls: proxy.calls,
    async readCase(verificationId) {
      const Key = { verificationId: { S: verificationId } };
      const { Item = {} } = await dynamoDb.send(new GetItemCommand({ TableName: tableName, Key }));
      return Case.parse(unmarshall(Item));
    },
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
