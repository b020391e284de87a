import type { OperatedStack } from '../stack/operated-stack.ts';
import { type QueueDepth, readQueueDepth } from './queue-depth.ts';

/** A queue of the stack, and its messages. */
export interface OperatedQueue extends QueueDepth {
  /** What the queue contains: `events`, or `evidence jobs of idnow`. */
  readonly name: string;
  readonly queueUrl: string;
  /** The dead letters of the queue: messages that are no longer tried. */
  readonly deadLetters: number;
}

/** Reads how many messages are in the queues of a stack, and in their dead-letter queues. */
export function readQueues(stack: OperatedStack): Promise<OperatedQueue[]> {
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
        readQueueDepth(stack.aws.sqs, queueUrl),
        readQueueDepth(stack.aws.sqs, deadLetterQueueUrl),
      ]);
      return { name, queueUrl, ...depth, deadLetters };
    }),
  );
}
