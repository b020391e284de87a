import { Duration, Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { DeduplicationScope, FifoThroughputLimit, Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { buildCommonQueueSettings, createDeadLetterQueue } from './queue-defaults.ts';

/**
 * The time that a consumer has to process a batch of events. After this time, SQS delivers the batch again. Lambda
 * recommends six times the time-out of the function, so a Lambda consumer may run for 30 seconds.
 */
const eventVisibility = Duration.minutes(3);

/**
 * How often SQS delivers an event that no consumer processes. The first delivery is at minute 0, and each later delivery
 * is at least one visibility timeout after the one before, because the documented consumers never shorten it. So the
 * last delivery is at minute (30 - 1) × 3 = 87 or later, and a consumer that fails for one hour loses no event to the
 * dead-letter queue.
 */
const eventReceives = 30;

/**
 * High throughput: SQS limits each verification (message group) instead of the whole queue. Otherwise, all cases of all
 * providers share 300 calls a second. Deduplication ids contain the verification, so their scope can be the group, too.
 */
const highThroughput = {
  fifo: true,
  deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
  fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
} as const;

/** The events queue that consumers read, and the dead-letter queue for events that no consumer processes. */
export class EventQueues extends Construct {
  /** `verification-events.fifo`. Each verification is a message group. */
  readonly events: Queue;
  readonly eventsDeadLetters: Queue;

  constructor(scope: Construct, id: string, { key }: { key: IKey }) {
    super(scope, id);
    const settings = buildCommonQueueSettings(key);
    const prefix = Stack.of(this).stackName;
    this.eventsDeadLetters = createDeadLetterQueue(this, 'EventsDeadLetters', {
      ...settings,
      queueName: `${prefix}-verification-events-dlq.fifo`,
      ...highThroughput,
    });
    this.events = new Queue(this, 'Events', {
      ...settings,
      queueName: `${prefix}-verification-events.fifo`,
      ...highThroughput,
      visibilityTimeout: eventVisibility,
      deadLetterQueue: { queue: this.eventsDeadLetters, maxReceiveCount: eventReceives },
    });
  }
}
