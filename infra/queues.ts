import { Duration, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { commonQueueSettings } from './queue-defaults.ts';

/** The time that a consumer has to process an event. After this time, SQS delivers the event again. */
const eventVisibility = Duration.minutes(1);

/** The events queue that consumers read, and the dead-letter queue for events that no consumer processes. */
export class EventQueues extends Construct {
  /** `verification-events.fifo`. Each verification is a message group. */
  readonly events: Queue;
  readonly eventsDeadLetters: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = Stack.of(this).stackName;
    this.eventsDeadLetters = new Queue(this, 'EventsDeadLetters', {
      ...commonQueueSettings,
      queueName: `${prefix}-verification-events-dlq.fifo`,
      fifo: true,
    });
    this.events = new Queue(this, 'Events', {
      ...commonQueueSettings,
      queueName: `${prefix}-verification-events.fifo`,
      fifo: true,
      visibilityTimeout: eventVisibility,
      deadLetterQueue: { queue: this.eventsDeadLetters, maxReceiveCount: 10 },
    });
  }
}
