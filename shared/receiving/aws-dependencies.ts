import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import type { ProviderName } from '../contract/provider-name.ts';
import { createS3BlobStore } from '../platform/blob-store.ts';
import { awsClientSettings, clockAndIdGenerator } from '../platform/clients.ts';
import { type EnvironmentVariables, readEnvironmentVariables } from '../platform/environment.ts';
import { createCachedSecret } from '../platform/secrets.ts';
import { createTelemetry } from '../platform/telemetry.ts';
import { createDynamoHistory } from '../verifications/history.ts';
import { wrapHistoryForLargeBodies } from '../verifications/limits/offloading-history.ts';
import { wrapStoreForLargeWrites } from '../verifications/limits/offloading-verification-store.ts';
import { rememberVerifications } from '../verifications/remember-verifications.ts';
import { createDynamoVerificationStore } from '../verifications/verification-store.ts';
import type { ReceiverDependencies } from './receive-webhook.ts';
import { createDeliveryReporter } from './receiving-report.ts';

const Settings = {
  VERIFICATIONS_TABLE: z.string().check(z.minLength(1)),
  HISTORY_TABLE: z.string().check(z.minLength(1)),
  EVIDENCE_BUCKET: z.string().check(z.minLength(1)),
  WEBHOOK_SECRET_ID: z.string().check(z.minLength(1)),
  SOFTWARE_VERSION: z.string().check(z.minLength(1)),
  RETENTION_DAYS: z.coerce.number().check(z.int(), z.positive()),
};

/**
 * Creates the AWS clients of a receiver, and reads its settings.
 *
 * @throws ConfigurationError if an environment variable is missing or invalid
 */
export function createReceiverDependencies(
  provider: ProviderName,
  environment: EnvironmentVariables,
): ReceiverDependencies {
  const settings = readEnvironmentVariables(environment, Settings);
  const retentionSeconds = settings.RETENTION_DAYS * 24 * 3600;
  const dynamodb = new DynamoDBClient(awsClientSettings);
  const blobs = createS3BlobStore(environment, settings.EVIDENCE_BUCKET);
  const { now, nowMs, newId } = clockAndIdGenerator;
  return {
    secret: createCachedSecret(
      new SecretsManagerClient(awsClientSettings),
      settings.WEBHOOK_SECRET_ID,
      nowMs,
    ),
    stores: {
      // An instance remembers what the row contains, so the wrapper for large writes is around its memory.
      verifications: wrapStoreForLargeWrites(
        rememberVerifications(
          createDynamoVerificationStore(dynamodb, settings.VERIFICATIONS_TABLE, retentionSeconds),
        ),
        blobs,
      ),
      history: wrapHistoryForLargeBodies(
        createDynamoHistory(dynamodb, settings.HISTORY_TABLE, retentionSeconds),
        blobs,
      ),
    },
    report: createDeliveryReporter(createTelemetry(`receive-${provider}`, { provider })),
    now,
    newId,
    softwareVersion: settings.SOFTWARE_VERSION,
  };
}
