import { setTimeout } from 'node:timers/promises';
import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { sqsText } from '../../platform/sqs-text.ts';

/** The queue that jobs come from, and where they end that are given up. */
export interface JobQueue {
  /** Hides a message for so long, instead of the queue's own time-out. At most 12 hours. */
  retryIn(receiptHandle: string, seconds: number): Promise<void>;
  deadLetter(body: string, reason: string): Promise<void>;
}

/** @param pauseFactor shortens the time until a job is tried again (`pauseFactor`) */
export function sqsJobQueue(
  sqs: SQSClient,
  queueUrl: string,
  deadLetterQueueUrl: string,
  pauseFactor = 1,
): JobQueue {
  return {
    async retryIn(receiptHandle, seconds) {
      const pause = seconds * pauseFactor;
      // SQS counts whole seconds. A shorter pause is made here: without it, a job would be tried again at once.
      if (pause < 1) await setTimeout(pause * 1000);
      await sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queueUrl,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: pause < 1 ? 0 : Math.ceil(pause),
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
