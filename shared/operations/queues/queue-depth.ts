import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** The messages of a queue, which SQS counts approximately. */
export interface QueueDepth {
  /** The messages that wait for a consumer. */
  readonly waiting: number;
  /** The messages that a consumer works on, or that are hidden until they are tried again. */
  readonly inFlight: number;
  /** The messages that wait for the time when they may be read. */
  readonly delayed: number;
  /** For how long a received message is hidden by default, in seconds. */
  readonly visibilitySeconds: number;
}

export async function readQueueDepth(sqs: SQSClient, queueUrl: string): Promise<QueueDepth> {
  const { Attributes: attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
        'VisibilityTimeout',
      ],
    }),
  );
  return {
    waiting: Number(attributes.ApproximateNumberOfMessages ?? 0),
    inFlight: Number(attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
    delayed: Number(attributes.ApproximateNumberOfMessagesDelayed ?? 0),
    visibilitySeconds: Number(attributes.VisibilityTimeout ?? 0),
  };
}

/** Returns the number of all messages in a queue. */
export const countMessages = ({ waiting, inFlight, delayed }: QueueDepth): number =>
  waiting + inFlight + delayed;
