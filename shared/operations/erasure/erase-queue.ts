import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { IdvError } from '../../platform/errors.ts';
import { readQueueDepth } from '../queues/queue-depth.ts';

/** Thrown if SQS does not delete a message of a case. Running the erasure again tries again. */
class MessagesNotDeleted extends IdvError {
  override readonly name = 'MessagesNotDeleted';
}

/** What to do with a message: delete it, or leave it because it is the last of its case, or because it is of another. */
export type MessageFate = 'delete' | 'keep' | 'other';

export interface SearchedQueue {
  /** The number of deleted messages. */
  readonly deleted: number;
  /** True if a message was found that is kept. In a FIFO queue, no earlier message of its case is left then. */
  readonly foundKept: boolean;
  /** The number of messages that were hidden before the search, because somebody processes them, or they wait for a retry. */
  readonly hidden: number;
}

/** For how long a search hides the messages of others at most, in seconds. If the search is interrupted, they come back then. */
const hiddenSeconds = 300;
/** The maximum number of messages in one call of SQS. */
const batchSize = 10;

/**
 * Searches a queue for the messages of a case, and deletes them. SQS cannot search, so this receives every visible message.
 * The others stay hidden until the end of the search, because SQS would return them again otherwise, and are visible at once
 * afterwards, in their order. A message that is hidden before, because somebody processes it, cannot be found.
 *
 * @param waitSeconds how long SQS waits for messages before it answers that there are none
 * @throws MessagesNotDeleted if SQS does not delete a message
 */
export async function deleteMessagesOfCase(
  sqs: SQSClient,
  QueueUrl: string,
  fateOf: (message: Message) => MessageFate,
  waitSeconds: number,
): Promise<SearchedQueue> {
  const { inFlight: hidden } = await readQueueDepth(sqs, QueueUrl);
  /** The receipt handles of the messages that stay, by message id. */
  const held = new Map<string, string>();
  let deleted = 0;
  let foundKept = false;
  try {
    for (;;) {
      const { Messages: messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: batchSize,
          VisibilityTimeout: hiddenSeconds,
          WaitTimeSeconds: waitSeconds,
        }),
      );
      // Messages that come back during the search show that it takes longer than they are hidden.
      const isNew = messages.some(({ MessageId: id = '' }) => !held.has(id));
      const own = messages.filter((message) => fateOf(message) === 'delete');
      for (const message of messages) {
        if (own.includes(message)) continue;
        held.set(message.MessageId ?? '', message.ReceiptHandle ?? '');
        foundKept ||= fateOf(message) === 'keep';
      }
      if (own.length > 0) await deleteBatch(sqs, QueueUrl, own);
      deleted += own.length;
      if (!isNew) return { deleted, foundKept, hidden };
    }
  } finally {
    await release(sqs, QueueUrl, [...held.values()]);
  }
}

async function deleteBatch(sqs: SQSClient, QueueUrl: string, messages: readonly Message[]): Promise<void> {
  const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  const { Failed: failed = [] } = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  if (failed.length > 0)
    throw new MessagesNotDeleted(`SQS did not delete ${failed.length} messages: ${failed[0]?.Code}`);
}

/** Makes messages visible again. If that fails for one of them, its hidden time ends by itself. */
async function release(sqs: SQSClient, QueueUrl: string, receiptHandles: readonly string[]): Promise<void> {
  for (let start = 0; start < receiptHandles.length; start += batchSize) {
    const Entries = receiptHandles
      .slice(start, start + batchSize)
      .map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 }));
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries })).catch(() => undefined);
  }
}
