import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { awsClientSettings, clockAndIdGenerator } from '../platform/clients.ts';
import { type EnvironmentVariables, readEnvironmentVariables } from '../platform/environment.ts';
import { letHeapGrow } from '../platform/heap-growth.ts';
import { readPauseFactor } from '../platform/pause-factor.ts';
import { createTelemetry } from '../platform/telemetry.ts';
import { createProviderApiDependencies } from '../provider-api/aws-tools.ts';
import type { Provider } from '../providers/provider.ts';
import { wrapStoreForLargeWrites } from '../verifications/limits/offloading-verification-store.ts';
import { createDynamoVerificationStore } from '../verifications/verification-store.ts';
import { createS3EvidenceStore } from './archive/evidence-store.ts';
import { leaveUploadsUnsigned } from './archive/unsigned-payload.ts';
import { createSqsJobQueue } from './job/job-queue.ts';
import type { FetcherDependencies } from './job/job-work.ts';

const Settings = {
  VERIFICATIONS_TABLE: z.string().check(z.minLength(1)),
  EVIDENCE_BUCKET: z.string().check(z.minLength(1)),
  EVIDENCE_JOBS_QUEUE_URL: z.string().check(z.minLength(1)),
  EVIDENCE_JOBS_DLQ_URL: z.string().check(z.minLength(1)),
  RETENTION_DAYS: z.coerce.number().check(z.int(), z.positive()),
};

/**
 * The time-out for one part of an upload: enough for 8 MB on a slow day. A whole upload has no time-out, because a body
 * may stream for minutes.
 */
const uploadSettings = {
  ...awsClientSettings,
  // With the header `Expect: 100-continue`, the SDK opens a new connection for each part.
  expectContinueHeader: false,
  requestHandler: { ...awsClientSettings.requestHandler, requestTimeout: 60_000 },
};

/** Creates the dependencies of a provider's fetcher. @throws ConfigurationError if a setting is missing or invalid */
export function createFetcherDependencies(
  provider: Provider,
  environment: EnvironmentVariables,
): FetcherDependencies {
  letHeapGrow();
  const settings = readEnvironmentVariables(environment, Settings);
  const retentionSeconds = settings.RETENTION_DAYS * 24 * 3600;
  const { now, newId } = clockAndIdGenerator;
  const dynamodb = new DynamoDBClient(awsClientSettings);
  const store = createS3EvidenceStore(
    leaveUploadsUnsigned(new S3Client(uploadSettings)),
    settings.EVIDENCE_BUCKET,
  );
  const { name } = provider;
  const telemetry = createTelemetry(`fetch-${name}-evidence`, { provider: name });
  return {
    provider: name,
    source: provider.evidence(environment, createProviderApiDependencies(environment, dynamodb, telemetry)),
    store,
    verifications: wrapStoreForLargeWrites(
      createDynamoVerificationStore(dynamodb, settings.VERIFICATIONS_TABLE, retentionSeconds),
      store,
    ),
    queue: createSqsJobQueue(
      new SQSClient(awsClientSettings),
      settings.EVIDENCE_JOBS_QUEUE_URL,
      settings.EVIDENCE_JOBS_DLQ_URL,
      readPauseFactor(environment),
    ),
    telemetry,
    now,
    newId,
  };
}
