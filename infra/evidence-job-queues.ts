import { Duration, Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ProviderName } from '../shared/contract/provider-name.ts';
import { buildCommonQueueSettings, createDeadLetterQueue } from './queue-defaults.ts';

/** The queue of the evidence jobs of one provider, and its dead-letter queue. */
export class EvidenceJobQueues extends Construct {
  readonly jobs: Queue;
  /** The jobs that were given up, each with its reason. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { provider, key }: { provider: ProviderName; key: IKey }) {
    super(scope, id);
    const settings = buildCommonQueueSettings(key);
    const queueName = `${Stack.of(this).stackName}-evidence-jobs-${provider}`;
    this.deadLetters = createDeadLetterQueue(this, 'DeadLetters', {
      ...settings,
      queueName: `${queueName}-dlq`,
    });
    this.jobs = new Queue(this, 'Jobs', {
      ...settings,
      queueName,
      // The visibility time-out is only slightly longer than the fetcher's time-out of 10 minutes. So SQS can deliver a
      // job 1000 times within the 14 days that it keeps the job. A job that crashes the fetcher at each try then
      // reaches `maxReceiveCount` (decision record 026).
      visibilityTimeout: Duration.minutes(12),
      // Normally the fetcher itself gives a job up and records the reason. `maxReceiveCount` is only for a job that crashes
      // the fetcher at each try.
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 1000 },
    });
  }
}
