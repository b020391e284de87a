import { userInfo } from 'node:os';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { parseStage } from '../../infra/stage.ts';
import type { OperatedStack } from '../../shared/operations/stack/operated-stack.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { fetchLocalStackDescription } from '../ask-local-stack.ts';
import { localStackName, localStageName } from '../local-names.ts';
import { localProviders } from '../providers/local-providers.ts';
import { describeProviders } from './provider-settings.ts';
import { createLocalMetrics, createLocalRequestLog } from './sources/local-records.ts';

/** The parts of `GET /_local` that operators need. */
const Description = z.object({
  region: z.string(),
  endpoints: z.object({
    dynamodb: z.string(),
    secretsmanager: z.string(),
    s3: z.string(),
    sqs: z.string(),
  }),
  credentials: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
  resources: z.object({
    verificationsTable: z.string(),
    historyTable: z.string(),
    sessionsTable: z.string(),
    evidenceBucket: z.string(),
    eventsQueueUrl: z.string(),
    eventsDeadLetterQueueUrl: z.string(),
    evidenceJobs: z.record(z.string(), z.object({ queueUrl: z.string(), deadLetterQueueUrl: z.string() })),
  }),
  config: z.partialRecord(z.enum(Object.keys(localProviders)), z.unknown()),
});

/** The local stack keeps a case for as long as a stage that is not live. */
const localRetentionDays = 30;

/**
 * Connects to a local stack.
 *
 * @param base its URL, for example http://127.0.0.1:8787
 * @param otherwise what to do if no local stack answers, for the message of the error
 * @throws ConfigurationError if no local stack answers
 */
export async function connectToLocalStack(base: string, otherwise: string): Promise<OperatedStack> {
  const answer = await fetchLocalStackDescription(base);
  const description = Description.safeParse(answer.kind === 'answered' ? answer.body : null);
  if (!description.success) throw new ConfigurationError(`No local stack answers at ${base}: ${otherwise}`);
  const { region, endpoints, credentials, resources, config } = description.data;
  const sections = Object.entries(config).map(([name, section]) => [
    name,
    localProviders[name as keyof typeof localProviders].stageOf(section),
  ]);
  const { providers } = parseStage({ name: 'local', live: false, ...Object.fromEntries(sections) });
  const aws = { region, credentials };
  return {
    stageName: localStageName,
    stackName: localStackName,
    operator: userInfo().username,
    webhooksUrl: base,
    ...resources,
    retentionDays: localRetentionDays,
    evidenceLock: null,
    ...describeProviders(providers),
    silentAfterHours: {},
    runbookUrl: undefined,
    requests: createLocalRequestLog(base),
    metrics: createLocalMetrics(base),
    aws: {
      dynamodb: new DynamoDBClient({ ...aws, endpoint: endpoints.dynamodb }),
      streams: new DynamoDBStreamsClient({ ...aws, endpoint: endpoints.dynamodb }),
      secretsManager: new SecretsManagerClient({ ...aws, endpoint: endpoints.secretsmanager }),
      s3: new S3Client({ ...aws, endpoint: endpoints.s3, forcePathStyle: true, expectContinueHeader: false }),
      sqs: new SQSClient({ ...aws, endpoint: endpoints.sqs }),
    },
  };
}
