import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { emulatorCredentials, localRegion } from '../aws-account.ts';
import { parseResourceProperties } from '../template/cfn-values.ts';
import type { ResolvedResource } from '../template/stack-template.ts';

/**
 * The properties of a queue. The schema is strict: if it ignored a property, such as a redrive policy, the queue would
 * behave differently from AWS.
 */
const queueProperties = z.strictObject({
  QueueName: z.string().optional(),
  ContentBasedDeduplication: z.unknown().optional(),
  DeduplicationScope: z.unknown().optional(),
  DelaySeconds: z.unknown().optional(),
  FifoQueue: z.unknown().optional(),
  FifoThroughputLimit: z.unknown().optional(),
  KmsDataKeyReusePeriodSeconds: z.unknown().optional(),
  KmsMasterKeyId: z.unknown().optional(),
  MaximumMessageSize: z.unknown().optional(),
  MessageRetentionPeriod: z.unknown().optional(),
  ReceiveMessageWaitTimeSeconds: z.unknown().optional(),
  RedriveAllowPolicy: z.unknown().optional(),
  RedrivePolicy: z.unknown().optional(),
  SqsManagedSseEnabled: z.unknown().optional(),
  Tags: z.unknown().optional(),
  VisibilityTimeout: z.unknown().optional(),
});

/** The properties of a queue without a local effect: the emulator does not encrypt messages, and ignores tags. */
const withoutLocalEffect = new Set([
  'QueueName',
  'Tags',
  'KmsDataKeyReusePeriodSeconds',
  'KmsMasterKeyId',
  'SqsManagedSseEnabled',
]);

export async function createQueues(endpoint: string, queues: ResolvedResource[]): Promise<void> {
  const client = new SQSClient({ endpoint, region: localRegion, credentials: emulatorCredentials });
  try {
    for (const queue of queues) {
      const attributes = Object.entries(parseResourceProperties(queueProperties, queue))
        .filter(([name, value]) => value !== undefined && !withoutLocalEffect.has(name))
        .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]);
      await client.send(
        new CreateQueueCommand({
          QueueName: queue.reference.name,
          Attributes: Object.fromEntries(attributes),
        }),
      );
    }
  } finally {
    client.destroy();
  }
}
