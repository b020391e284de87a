import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

export interface QueuePair {
  readonly from: string;
  readonly to: string;
}

/**
 * Moves messages of a FIFO queue to another, one after another, in order within each group. A message is deleted only after
 * it was sent. What is received but not moved is visible again at once.
 *
 * @param limits the highest number of messages to move, and a signal that stops between two messages
 * @returns the number of moved messages
 * @throws the error of SQS at the first message that cannot be sent. That message stays in the queue
 */
export async function moveMessages(
  sqs: SQSClient,
  { from, to }: QueuePair,
  { most = Number.POSITIVE_INFINITY, signal }: { readonly most?: number; readonly signal?: AbortSignal } = {},
): Promise<number> {
  for (let moved = 0; ; ) {
    const messages = moved < most ? await receiveMessages(sqs, from) : [];
    if (messages.length === 0) return moved;
    const left = [...messages];
    try {
      for (const message of messages.slice(0, most - moved)) {
        signal?.throwIfAborted();
        await moveMessage(sqs, { from, to }, message);
        left.shift();
        moved += 1;
      }
    } finally {
      await releaseMessages(sqs, from, left);
    }
  }
}

/**
 * Receives up to ten messages.
 *
 * @param seconds for how long nobody else receives them; default: the setting of the queue
 */
export async function receiveMessages(
  sqs: SQSClient,
  QueueUrl: string,
  seconds?: number,
): Promise<Message[]> {
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      // With a wait, SQS asks all its servers. Without, an answer can be empty although the queue is not.
      WaitTimeSeconds: 2,
      ...(seconds === undefined ? {} : { VisibilityTimeout: seconds }),
      MessageSystemAttributeNames: ['MessageGroupId', 'SentTimestamp'],
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages ?? [];
}

/** Sends a received message to another queue, and then deletes it. */
export async function moveMessage(sqs: SQSClient, { from, to }: QueuePair, message: Message): Promise<void> {
  await sqs.send(new SendMessageCommand({ QueueUrl: to, ...copyOf(message) }));
  await sqs.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle: message.ReceiptHandle }));
}

/** Makes received messages visible again. */
export async function releaseMessages(
  sqs: SQSClient,
  QueueUrl: string,
  messages: readonly Message[],
): Promise<void> {
  for (let start = 0; start < messages.length; start += 10) {
    const Entries = messages.slice(start, start + 10).map(({ ReceiptHandle }, index) => ({
      Id: String(index),
      ReceiptHandle,
      VisibilityTimeout: 0,
    }));
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
  }
}

function copyOf({ MessageId, Body, Attributes, MessageAttributes }: Message) {
  const { MessageGroupId } = Attributes ?? {};
  // The reason belongs to the dead letter. If the job fails again, it gets the reason of that time.
  const { reason: _, ...others } = MessageAttributes ?? {};
  return {
    MessageBody: Body,
    MessageAttributes: others,
    ...(MessageGroupId === undefined
      ? {}
      : {
          MessageGroupId,
          // SQS forgets a deduplication id after five minutes. With the id of the event, SQS would drop a message that
          // returns earlier. The id of the message is new after each move, and the same if only the deletion failed.
          MessageDeduplicationId: MessageId,
        }),
  };
}
