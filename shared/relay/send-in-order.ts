import { maxMessageBytes } from '../platform/sqs-size.ts';

/** A message to send, in the group whose order must be kept. */
export interface GroupedMessage {
  readonly group: string;
  /** As SQS counts them: see `messageBytes`. */
  readonly bytes: number;
}

/** SQS takes ten messages at once, and at least as many bytes as one message may have. */
const maxBatchMessages = 10;
const maxBatchBytes = maxMessageBytes;

/**
 * Sends messages so that each group keeps its order: a batch never holds two of one group, because a batch
 * may fail in part, and a group stops at its first failure.
 *
 * @param send sends one batch and returns the messages of it that failed
 * @returns the messages that were not sent: per group the failed one and all after it
 */
export async function sendInOrder<Message extends GroupedMessage>(
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

/** As many as fit a batch, but at least one. */
function nextBatch<Message extends GroupedMessage>(heads: readonly Message[]): Message[] {
  const batch: Message[] = [];
  let bytes = 0;
  for (const head of heads) {
    if (batch.length === maxBatchMessages || (batch.length > 0 && bytes + head.bytes > maxBatchBytes)) break;
    batch.push(head);
    bytes += head.bytes;
  }
  return batch;
}
