import {
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
 * Moves all messages of a FIFO queue to another, one after another, in order within each group. A message is deleted
 * only after it was sent.
 *
 * @returns the number of moved messages
 * @throws the error of SQS at the first message that cannot be sent. That message stays in the queue
 */
export async function moveMessages(sqs: SQSClient, { from, to }: QueuePair): Promise<number> {
  for (let moved = 0; ; ) {
    const messages = await receive(sqs, from);
    if (messages.length === 0) return moved;
    for (const message of messages) {
      await sqs.send(new SendMessageCommand({ QueueUrl: to, ...copyOf(message) }));
      await sqs.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle: message.ReceiptHandle }));
      moved += 1;
    }
  }
}

async function receive(sqs: SQSClient, QueueUrl: string): Promise<Message[]> {
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 2,
      MessageSystemAttributeNames: ['MessageGroupId'],
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages ?? [];
}

function copyOf({ MessageId, Body, Attributes, MessageAttributes }: Message) {
  return {
    MessageBody: Body,
    MessageAttributes,
    MessageGroupId: Attributes?.MessageGroupId,
    // SQS forgets a deduplication id after five minutes. With the id of the event, SQS would drop a message that returns
    // earlier. The id of the message is new after each move, and the same if only the deletion failed.
    MessageDeduplicationId: MessageId,
  };
}
