import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { clientSettings, clockAndIds } from '../platform/clients.ts';
import { type Environment, readEnvironment } from '../platform/environment.ts';
import { pauseFactor } from '../platform/pause-factor.ts';
import { powertoolsTelemetry } from '../platform/telemetry.ts';
import { awsTools } from '../provider-api/aws-tools.ts';
import type { Provider } from '../providers/provider.ts';
import { offloadingVerificationStore } from '../verifications/limits/offloading-verification-store.ts';
import { dynamoVerificationStore } from '../verifications/verification-store.ts';
import { s3EvidenceStore } from './archive/evidence-store.ts';
import { sqsJobQueue } from './job/job-queue.ts';
import type { FetchingDependencies } from './job/job-work.ts';

const Settings = {
  VERIFICATIONS_TABLE: z.string().min(1),
  EVIDENCE_BUCKET: z.string().min(1),
  EVIDENCE_JOBS_QUEUE_URL: z.string().min(1),
  EVIDENCE_JOBS_DLQ_URL: z.string().min(1),
  RETENTION_DAYS: z.coerce.number().int().positive(),
};

/**
 * The time-out for one part of an upload: enough for 8 MB on a slow day. A whole upload has no time-out, because a body
 * may stream for minutes.
 */
const uploadSettings = {
  ...clientSettings,
  requestHandler: { ...clientSettings.requestHandler, requestTimeout: 60_000 },
};

/** Creates the dependencies of a provider's fetcher. @throws ConfigurationError if a setting is missing or invalid */
export function fetchingDependencies(provider: Provider, environment: Environment): FetchingDependencies {
  const settings = readEnvironment(environment, Settings);
  const retentionSeconds = settings.RETENTION_DAYS * 24 * 3600;
  const { now, newId } = clockAndIds;
  const dynamodb = new DynamoDBClient(clientSettings);
  const store = s3EvidenceStore(new S3Client(uploadSettings), settings.EVIDENCE_BUCKET);
  const { name } = provider;
  return {
    provider: name,
    source: provider.evidence(environment, awsTools(environment, dynamodb)),
    store,
    verifications: offloadingVerificationStore(
      dynamoVerificationStore(dynamodb, settings.VERIFICATIONS_TABLE, retentionSeconds, now),
      store,
    ),
    queue: sqsJobQueue(
      new SQSClient(clientSettings),
      settings.EVIDENCE_JOBS_QUEUE_URL,
      settings.EVIDENCE_JOBS_DLQ_URL,
      pauseFactor(environment),
    ),
    telemetry: powertoolsTelemetry(`fetch-${name}-evidence`, { provider: name }),
    now,
    newId,
  };
}
