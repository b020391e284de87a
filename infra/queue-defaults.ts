import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { maxSqsMessageBytes } from '../shared/platform/sqs-size.ts';

/** The settings of all queues. 14 days is the longest time that SQS keeps messages. */
export const commonQueueSettings = {
  retentionPeriod: Duration.days(14),
  maxMessageSizeBytes: maxSqsMessageBytes,
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  removalPolicy: RemovalPolicy.DESTROY,
} as const;
