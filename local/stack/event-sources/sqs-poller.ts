import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { localRegion, pollerCredentials } from '../aws-account.ts';
import type { LogLineListener } from '../functions/log-lines.ts';
import { readBatchOutcome } from './batch-outcome.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import { callUntilDone } from './keep-trying.ts';
import { buildFilterPatternInput, convertToLambdaSqsRecord } from './sqs-event.ts';

/** The maximum number of messages that one SQS call receives or deletes. */
const mostPerCall = 10;
/** Lambda's default batch size for a queue. */
const defaultBatchSize = 10;
/** The maximum duration of a long poll of an SQS queue. The poll returns as soon as a message arrives. */
const longPollSeconds = 2;

/** Passes the messages of a queue to a function until the signal aborts. */
export async function pollQueue(
  mapping: EventSourceMapping,
  endpoint: string,
  queueUrl: string,
  signal: AbortSignal,
  log: LogLineListener,
): Promise<void> {
  const client = new SQSClient({ endpoint, region: localRegion, credentials: pollerCredentials });
  const source = `${mapping.function.name} ← ${mapping.eventSourceArn.split(':').at(-1)}`;
  const concurrency = Math.min(
    mapping.maximumConcurrency ?? mapping.function.maxInstances,
    mapping.function.maxInstances,
  );
  try {
    await Promise.all(Array.from({ length: concurrency }, pollOneAfterAnother));
  } finally {
    client.destroy();
  }

  async function pollOneAfterAnother(): Promise<void> {
    await callUntilDone(
      async () => {
        const messages = await receiveBatch();
        if (messages.length > 0) await handle(messages);
        return 'again';
      },
      signal,
      (error) => log({ source, line: `The queue does not answer, trying again: ${String(error)}` }),
    );
  }

  /** Waits for a first message on the queue. Then receives the messages that also arrive within the batching window. */
  async function receiveBatch(): Promise<Message[]> {
    const size = mapping.batchSize ?? defaultBatchSize;
    const messages = await receive(Math.min(size, mostPerCall), longPollSeconds);
    const windowEnd = Date.now() + mapping.batchingWindowMs;
    while (messages.length > 0 && messages.length < size && Date.now() < windowEnd && !signal.aborted) {
      messages.push(...(await receive(Math.min(size - messages.length, mostPerCall), 1)));
    }
    return messages;
  }

  async function receive(most: number, waitSeconds: number): Promise<Message[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: most,
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    const { Messages } = await client.send(command, { abortSignal: signal });
    return Messages ?? [];
  }

  /**
   * Passes messages to the function, and deletes the messages that it handled. SQS delivers failed messages again
   * later.
   */
  async function handle(messages: Message[]): Promise<void> {
    const records = messages.map((message) => convertToLambdaSqsRecord(message, mapping.eventSourceArn));
    const wanted = records.filter((record) => mapping.accepts(buildFilterPatternInput(record)));
    const unwanted = records.filter((record) => !wanted.includes(record)); // Lambda deletes messages that match no filter.
    const failedIds =
      wanted.length === 0
        ? []
        : await failuresOf(
            wanted.map(({ messageId }) => messageId),
            wanted,
          );
    const done = [...unwanted, ...wanted.filter(({ messageId }) => !failedIds.includes(messageId))];
    await deleteAll(done.map(({ receiptHandle }) => receiptHandle));
  }

  async function failuresOf(ids: string[], Records: object[]): Promise<string[]> {
    const result = await mapping.function.invoke({ Records });
    const outcome = readBatchOutcome(result, mapping.reportsBatchItemFailures, ids);
    switch (outcome.kind) {
      case 'succeeded':
        return [];
      case 'partly-failed':
        return outcome.failedIds;
      case 'failed':
        return ids;
    }
  }

  async function deleteAll(receiptHandles: string[]): Promise<void> {
    for (let start = 0; start < receiptHandles.length; start += mostPerCall) {
      const Entries = receiptHandles
        .slice(start, start + mostPerCall)
        .map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
      await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    }
  }
}
