import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { maxSqsMessageBytes } from '../shared/platform/sqs-size.ts';
import { acknowledgeFindings } from './acknowledge.ts';

/** Builds the settings of all queues. 14 days is the longest time that SQS keeps messages. */
export function buildCommonQueueSettings(key: IKey) {
  return {
    retentionPeriod: Duration.days(14),
    maxMessageSizeBytes: maxSqsMessageBytes,
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: key,
    // SQS asks AWS KMS for a new data key once an hour instead of every five minutes. Each request costs money, and counts
    // towards the limit of the account.
    dataKeyReuse: Duration.hours(1),
    enforceSSL: true,
    removalPolicy: RemovalPolicy.DESTROY,
  } as const;
}

/** Creates a dead-letter queue. */
export function createDeadLetterQueue(scope: Construct, id: string, settings: QueueProps): Queue {
  const queue = new Queue(scope, id, settings);
  acknowledgeFindings(
    queue,
    'This queue is itself a dead-letter queue: an alarm and an operator read it. A second dead-letter queue would only hide its messages.',
    'CT.SQS.PR.1',
    'Serverless-SQSRedrivePolicy',
  );
  return queue;
}
