import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import { countOpenDeliveries } from '../../quarantine/count-open-quarantine.ts';
import { findOpenCases } from '../../verifications/open-case-index.ts';
import { countMessages, readQueueDepth } from '../queues/queue-depth.ts';
import { checkSecret } from '../stack/check-secret.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';
import { measureAlarms, measureRelay, measureSilence } from './measure-metrics.ts';
import type { Measurements, MetricAlarm, QueueLengths } from './measurements.ts';

/** What each part is measured with. */
const measures = {
  'events queue': ({ aws, eventsQueueUrl, eventsDeadLetterQueueUrl }) =>
    measureQueues(aws, eventsQueueUrl, eventsDeadLetterQueueUrl),
  'evidence jobs': (stack) =>
    ofEachProvider(stack, (_, { queueUrl, deadLetterQueueUrl }) =>
      measureQueues(stack.aws, queueUrl, deadLetterQueueUrl),
    ),
  relay: measureRelay,
  quarantine: countQuarantine,
  lookups: (stack, now) =>
    ofEachProvider(stack, async (provider) => {
      const dueAt = Math.floor(now.getTime() / 1000) - 3600;
      const { aws, verificationsTable: table } = stack;
      return (await findOpenCases({ dynamodb: aws.dynamodb, table, provider, dueAt, limit: 1_000 })).length;
    }),
  secrets: checkSecrets,
  'parked objects': async (stack) => ({
    parked: await countObjects(stack, 'parked/'),
    failedRecords: await countObjects(stack, 'aws/lambda/'),
  }),
  'silent providers': measureSilence,
  alarms: measureAlarms,
} satisfies {
  [Part in keyof Measurements['parts']]-?: (
    stack: OperatedStack,
    now: Date,
    alarms: readonly MetricAlarm[],
  ) => Promise<Measurements['parts'][Part]>;
};

/** The names of everything that is measured. */
export const measuredParts = Object.keys(measures);

/**
 * Measures everything that `diagnose` looks at. A part that cannot be measured is named in `failures`: a doctor must work
 * while something is broken.
 *
 * @param alarms the alarms of the stage
 */
export async function measure(
  stack: OperatedStack,
  now: Date,
  alarms: readonly MetricAlarm[],
): Promise<Measurements> {
  const failures: Record<string, string> = {};
  const parts = await Promise.all(
    Object.entries(measures).map(async ([part, take]) => {
      try {
        return [part, await take(stack, now, alarms)];
      } catch (error) {
        failures[part] = error instanceof Error ? error.name : 'unknown';
        return [part, undefined];
      }
    }),
  );
  return { at: now.toISOString(), parts: Object.fromEntries(parts), failures };
}

type Jobs = OperatedStack['evidenceJobs'][string];

async function ofEachProvider<Value>(
  { evidenceJobs }: OperatedStack,
  take: (provider: string, jobs: Jobs) => Promise<Value>,
): Promise<Record<string, Value>> {
  const providers = Object.entries(evidenceJobs);
  const values = providers.map(async ([provider, jobs]) => [provider, await take(provider, jobs)] as const);
  return Object.fromEntries(await Promise.all(values));
}

async function measureQueues(
  aws: OperatedStack['aws'],
  queueUrl: string,
  deadLetterQueueUrl: string,
): Promise<QueueLengths> {
  const [messages, deadLetters] = await Promise.all([
    readQueueDepth(aws.sqs, queueUrl),
    readQueueDepth(aws.sqs, deadLetterQueueUrl),
  ]);
  return { messages: countMessages(messages), deadLetters: countMessages(deadLetters) };
}

async function countQuarantine({ aws, historyTable: table, evidenceJobs }: OperatedStack) {
  const providers = Object.keys(evidenceJobs);
  return Object.fromEntries(await countOpenDeliveries({ dynamodb: aws.dynamodb, table, providers }));
}

async function checkSecrets({ aws, stackName, secretDescriptions }: OperatedStack) {
  const named = Object.entries(secretDescriptions).flatMap(([provider, descriptions]) =>
    (['webhook', 'api'] as const).map((secret) => ({ provider, secret, description: descriptions[secret] })),
  );
  return Promise.all(
    named.map(async ({ provider, secret, description }) => {
      const command = new GetSecretValueCommand({ SecretId: `${stackName}/${provider}/${secret}` });
      const text = await aws.secretsManager
        .send(command)
        .then(({ SecretString }) => SecretString)
        .catch((error: unknown) => {
          if (error instanceof ResourceNotFoundException) return undefined;
          throw error;
        });
      return { provider, secret, report: checkSecret(text, description) };
    }),
  );
}

/** Counts the objects below a prefix, up to 1,000. */
async function countObjects({ aws, evidenceBucket }: OperatedStack, Prefix: string): Promise<number> {
  const { KeyCount = 0 } = await aws.s3.send(new ListObjectsV2Command({ Bucket: evidenceBucket, Prefix }));
  return KeyCount;
}
