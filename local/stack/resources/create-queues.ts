import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { credentials, region } from '../aws-account.ts';
import { parseProperties } from '../template/cfn-values.ts';
import type { Resource } from '../template/stack-template.ts';

/** Strict: a property that is dropped unseen (a redrive policy, say) would change what the queue does. */
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

/** The emulator does not encrypt, and tags do nothing. */
const withoutLocalMeaning = new Set([
  'QueueName',
  'Tags',
  'KmsDataKeyReusePeriodSeconds',
  'KmsMasterKeyId',
  'SqsManagedSseEnabled',
]);

export async function createQueues(endpoint: string, queues: Resource[]): Promise<void> {
  const client = new SQSClient({ endpoint, region, credentials });
  try {
    for (const queue of queues) {
      const attributes = Object.entries(parseProperties(queueProperties, queue))
        .filter(([name, value]) => value !== undefined && !withoutLocalMeaning.has(name))
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
