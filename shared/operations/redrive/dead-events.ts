import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { OperatedStack } from '../stack/operated-stack.ts';
import { moveMessages } from './move-messages.ts';
import type { RedriveSource } from './redrive-source.ts';

/** The cause of each dead letter of the events queue: no consumer has processed the event. */
const unprocessed = 'unprocessed';

/**
 * Counts the dead letters of the events queue. They are not received, because SQS would hide the other events of a message
 * group, and they have no reason that could be read.
 */
export async function countDeadEvents(stack: OperatedStack): Promise<RedriveSource> {
  const { aws, eventsQueueUrl: to, eventsDeadLetterQueueUrl: from } = stack;
  const { Attributes } = await aws.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: from, AttributeNames: ['ApproximateNumberOfMessages'] }),
  );
  const count = Number(Attributes?.ApproximateNumberOfMessages ?? 0);
  return {
    name: 'dead letters of the events queue',
    counts: count === 0 ? {} : { [unprocessed]: count },
    move: async ({ cause, most, signal }) =>
      cause === undefined || cause === unprocessed
        ? moveMessages(aws.sqs, { from, to }, { most, signal })
        : 0,
    release: async () => undefined,
  };
}
