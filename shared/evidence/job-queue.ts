import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { sqsText } from '../platform/sqs-text.ts';

/** The queue that jobs come from, and where they end that are given up. */
export interface JobQueue {
  /** Hides a message for so long, instead of the queue's own time-out. At most 12 hours. */
  retryIn(receiptHandle: string, seconds: number): Promise<void>;
  deadLetter(body: string, reason: string): Promise<void>;
}

export function sqsJobQueue(sqs: SQSClient, queueUrl: string, deadLetterQueueUrl: string): JobQueue {
  return {
    async retryIn(receiptHandle, seconds) {
      await sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queueUrl,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: seconds,
        }),
      );
    },
    async deadLetter(body, reason) {
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: deadLetterQueueUrl,
          MessageBody: sqsText(body),
          MessageAttributes: { reason: { DataType: 'String', StringValue: reason } },
        }),
      );
    },
  };
}
