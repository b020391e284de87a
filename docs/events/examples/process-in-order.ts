import type { Message } from '@aws-sdk/client-sqs';

/**
 * Processes the messages of a FIFO queue one after another. If a message fails, skips the later messages of its group,
 * because they must not overtake it. The other groups continue.
 *
 * @returns the processed messages. Delete them, and no others: SQS delivers the others again, in order
 */
export async function processInOrder(
  messages: readonly Message[],
  process: (message: Message) => Promise<unknown>,
): Promise<Message[]> {
  const processed: Message[] = [];
  const failedGroups = new Set<string | undefined>();
  for (const message of messages) {
    const group = message.Attributes?.MessageGroupId;
    if (failedGroups.has(group)) continue;
    try {
      await process(message);
      processed.push(message);
    } catch (error) {
      failedGroups.add(group);
      console.error('a message was not processed', message.MessageId, error);
    }
  }
  return processed;
}
