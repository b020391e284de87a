import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** How long a consumer of ours may hold an event before SQS gives it to another. */
const eventVisibility = Duration.minutes(1);
/** SQS keeps messages for 14 days at most. */
const longest = Duration.days(14);

const common = {
  retentionPeriod: longest,
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  removalPolicy: RemovalPolicy.DESTROY,
} as const;

/** The queue that consumers read, and the queue of jobs that we give ourselves. */
export class Queues extends Construct {
  /** `verification-events.fifo`: one message group a verification. */
  readonly events: Queue;
  readonly evidenceJobs: Queue;
  /** Jobs that were given up, each with its reason. */
  readonly evidenceJobsDeadLetters: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = Stack.of(this).stackName;
    const eventsDeadLetters = new Queue(this, 'EventsDeadLetters', {
      ...common,
      queueName: `${prefix}-verification-events-dlq.fifo`,
      fifo: true,
    });
    this.events = new Queue(this, 'Events', {
      ...common,
      queueName: `${prefix}-verification-events.fifo`,
      fifo: true,
      visibilityTimeout: eventVisibility,
      deadLetterQueue: { queue: eventsDeadLetters, maxReceiveCount: 10 },
    });
    this.evidenceJobsDeadLetters = new Queue(this, 'EvidenceJobsDeadLetters', {
      ...common,
      queueName: `${prefix}-evidence-jobs-dlq`,
    });
    this.evidenceJobs = new Queue(this, 'EvidenceJobs', {
      ...common,
      queueName: `${prefix}-evidence-jobs`,
      // Just above the fetcher's time-out of 10 minutes, so that a job that kills the fetcher each time is received 1000
      // times well within the 14 days that SQS keeps it (decision 026).
      visibilityTimeout: Duration.minutes(12),
      // The fetcher gives up by itself, with a reason; this catches a job that kills it every time.
      deadLetterQueue: { queue: this.evidenceJobsDeadLetters, maxReceiveCount: 1000 },
    });
  }
}
