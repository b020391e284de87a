import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import type { ProviderName } from '../contract/provider-name.ts';
import { s3BlobStore } from '../platform/blob-store.ts';
import { awsClientSettings, clockAndIdGenerator } from '../platform/clients.ts';
import { type Environment, readEnvironment } from '../platform/environment.ts';
import { createCachedSecret } from '../platform/secrets.ts';
import { powertoolsTelemetry } from '../platform/telemetry.ts';
import { dynamoLedger } from '../verifications/ledger.ts';
import { wrapLedgerForLargeBodies } from '../verifications/limits/offloading-ledger.ts';
import { wrapStoreForLargeWrites } from '../verifications/limits/offloading-verification-store.ts';
import { dynamoVerificationStore } from '../verifications/verification-store.ts';
import type { ReceivingDependencies } from './receive-webhook.ts';
import { createDeliveryReporter } from './receiving-report.ts';

const Settings = {
  VERIFICATIONS_TABLE: z.string().min(1),
  DELIVERIES_TABLE: z.string().min(1),
  EVIDENCE_BUCKET: z.string().min(1),
  WEBHOOK_SECRET_ID: z.string().min(1),
  RETENTION_DAYS: z.coerce.number().int().positive(),
};

/**
 * Creates the AWS clients of a receiver, and reads its settings.
 *
 * @throws ConfigurationError if an environment variable is missing or invalid
 */
export function createReceivingDependencies(
  provider: ProviderName,
  environment: Environment,
): ReceivingDependencies {
  const settings = readEnvironment(environment, Settings);
  const retentionSeconds = settings.RETENTION_DAYS * 24 * 3600;
  const dynamodb = new DynamoDBClient(awsClientSettings);
  const blobs = s3BlobStore(environment, settings.EVIDENCE_BUCKET);
  const { now, nowMs, newId } = clockAndIdGenerator;
  return {
    secret: createCachedSecret(
      new SecretsManagerClient(awsClientSettings),
      settings.WEBHOOK_SECRET_ID,
      nowMs,
    ),
    stores: {
      verifications: wrapStoreForLargeWrites(
        dynamoVerificationStore(dynamodb, settings.VERIFICATIONS_TABLE, retentionSeconds, now),
        blobs,
      ),
      ledger: wrapLedgerForLargeBodies(
        dynamoLedger(dynamodb, settings.DELIVERIES_TABLE, retentionSeconds),
        blobs,
      ),
    },
    report: createDeliveryReporter(powertoolsTelemetry(`receive-${provider}`, { provider })),
    now,
    newId,
  };
}
