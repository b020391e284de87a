import { Duration, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ProviderName } from '../shared/contract/provider-name.ts';
import { queueDefaults } from './queue-defaults.ts';

/** The queue of the evidence jobs of one provider, and its dead-letter queue. */
export class EvidenceJobQueues extends Construct {
  readonly jobs: Queue;
  /** Jobs that were given up, each with its reason. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, provider: ProviderName) {
    super(scope, id);
    const queueName = `${Stack.of(this).stackName}-evidence-jobs-${provider}`;
    this.deadLetters = new Queue(this, 'DeadLetters', { ...queueDefaults, queueName: `${queueName}-dlq` });
    this.jobs = new Queue(this, 'Jobs', {
      ...queueDefaults,
      queueName,
      // Just above the fetcher's time-out of 10 minutes, so that a job that kills the fetcher each time is received 1000
      // times well within the 14 days that SQS keeps it (decision 026).
      visibilityTimeout: Duration.minutes(12),
      // The fetcher gives up by itself, with a reason; this catches a job that kills it every time.
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 1000 },
    });
  }
}
