import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { maxMessageBytes } from '../shared/platform/sqs-size.ts';

/** What all queues have in common. SQS keeps messages for 14 days at most. */
export const queueDefaults = {
  retentionPeriod: Duration.days(14),
  maxMessageSizeBytes: maxMessageBytes,
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  removalPolicy: RemovalPolicy.DESTROY,
} as const;
