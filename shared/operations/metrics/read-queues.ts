import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { OperatedStack } from '../stack/operated-stack.ts';

/** A queue of the stack, and its messages. SQS counts approximately. */
export interface QueueDepth {
  /** What the queue contains: `events`, or `evidence jobs of idnow`. */
  readonly name: string;
  readonly queueUrl: string;
  /** The messages that wait for a consumer. */
  readonly waiting: number;
  /** The messages that a consumer works on, or that are hidden until they are tried again. */
  readonly inFlight: number;
  /** The messages that wait for the time when they may be read. */
  readonly delayed: number;
  /** The dead letters of the queue: messages that are no longer tried. */
  readonly deadLetters: number;
}

/** Reads how many messages are in the queues of a stack, and in their dead-letter queues. */
export function readQueues(stack: OperatedStack): Promise<QueueDepth[]> {
  const { eventsQueueUrl, eventsDeadLetterQueueUrl, evidenceJobs } = stack;
  const queues = [
    { name: 'events', queueUrl: eventsQueueUrl, deadLetterQueueUrl: eventsDeadLetterQueueUrl },
    ...Object.entries(evidenceJobs).map(([provider, urls]) => ({
      name: `evidence jobs of ${provider}`,
      ...urls,
    })),
  ];
  return Promise.all(
    queues.map(async ({ name, queueUrl, deadLetterQueueUrl }) => {
      const [depth, { waiting: deadLetters }] = await Promise.all([
        readDepth(stack, queueUrl),
        readDepth(stack, deadLetterQueueUrl),
      ]);
      return { name, queueUrl, ...depth, deadLetters };
    }),
  );
}

async function readDepth({ aws }: OperatedStack, QueueUrl: string) {
  const { Attributes = {} } = await aws.sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  );
  return {
    waiting: Number(Attributes.ApproximateNumberOfMessages ?? 0),
    inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
    delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed ?? 0),
  };
}
