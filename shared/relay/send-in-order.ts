import { maxSqsMessageBytes } from '../platform/sqs-size.ts';

/** A message that belongs to a group. The messages of one group must be sent in their order. */
export interface MessageInOrderedGroup {
  readonly group: string;
  /** The size of the message in bytes, as SQS counts it. */
  readonly bytes: number;
}

/**
 * The limits of a batch. SQS accepts at most ten messages. Each single message fits a batch, even a message of maximum
 * size.
 */
const maxBatchMessages = 10;
const maxBatchBytes = maxSqsMessageBytes;

/**
 * Sends messages in batches and keeps the order within each group. A batch may fail in part, so it never contains two
 * messages of one group. After a failed message, the rest of its group is not sent.
 *
 * @param send sends one batch, and returns the messages that failed
 * @returns the messages that were not sent: for each group, the failed message and all later messages
 */
export async function sendMessagesInGroupOrder<Message extends MessageInOrderedGroup>(
  messages: readonly Message[],
  send: (batch: readonly Message[]) => Promise<readonly Message[]>,
): Promise<Message[]> {
  const waiting = new Map(Object.entries(Object.groupBy(messages, ({ group }) => group)));
  const unsent: Message[] = [];
  while (waiting.size > 0) {
    const batch = nextBatch([...waiting.values()].flatMap((group) => group?.slice(0, 1) ?? []));
    const failed = new Set(await send(batch));
    for (const message of batch) {
      const rest = waiting.get(message.group)?.slice(failed.has(message) ? 0 : 1) ?? [];
      if (failed.has(message)) unsent.push(...rest);
      if (failed.has(message) || rest.length === 0) waiting.delete(message.group);
      else waiting.set(message.group, rest);
    }
  }
  return unsent;
}

/** Returns as many messages as fit a batch, but at least one message. */
function nextBatch<Message extends MessageInOrderedGroup>(heads: readonly Message[]): Message[] {
  const batch: Message[] = [];
  let bytes = 0;
  for (const head of heads) {
    if (batch.length === maxBatchMessages || (batch.length > 0 && bytes + head.bytes > maxBatchBytes)) break;
    batch.push(head);
    bytes += head.bytes;
  }
  return batch;
}
