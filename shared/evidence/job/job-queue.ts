import { setTimeout } from 'node:timers/promises';
import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { escapeForSqs } from '../../platform/escape-for-sqs.ts';

/** The queue of a fetcher's jobs, with its dead-letter queue. */
export interface JobQueue {
  /**
   * Hides a message for this number of seconds, instead of the queue's visibility time-out. SQS allows at most 12 hours.
   */
  retryIn(receiptHandle: string, seconds: number): Promise<void>;
  /** Sends a message to the dead-letter queue. */
  deadLetter(body: string, reason: string): Promise<void>;
}

/** @param pauseFactor multiplies the delay before the next try of a job. It is 1 on AWS, and smaller in tests */
export function createSqsJobQueue(
  sqs: SQSClient,
  queueUrl: string,
  deadLetterQueueUrl: string,
  pauseFactor = 1,
): JobQueue {
  return {
    async retryIn(receiptHandle, seconds) {
      const pause = seconds * pauseFactor;
      // SQS can hide a message only for whole seconds. The function itself waits for a shorter pause, because SQS would
      // deliver the job again at once.
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
          MessageBody: escapeForSqs(body),
          MessageAttributes: { reason: { DataType: 'String', StringValue: reason } },
        }),
      );
    },
  };
}
