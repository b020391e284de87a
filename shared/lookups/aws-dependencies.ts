import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { ProviderName } from '../contract/provider-name.ts';
import { createS3BlobStore } from '../platform/blob-store.ts';
import { awsClientSettings, clockAndIdGenerator } from '../platform/clients.ts';
import { type EnvironmentVariables, readEnvironmentVariables } from '../platform/environment.ts';
import { createTelemetry } from '../platform/telemetry.ts';
import { wrapStoreForLargeWrites } from '../verifications/limits/offloading-verification-store.ts';
import { createDynamoVerificationStore } from '../verifications/verification-store.ts';
import type { LookupDependencies } from './request-lookups.ts';

const Settings = {
  VERIFICATIONS_TABLE: z.string().check(z.minLength(1)),
  EVIDENCE_BUCKET: z.string().check(z.minLength(1)),
  RETENTION_DAYS: z.coerce.number().check(z.int(), z.positive()),
  LOOKUPS_PER_MINUTE: z.coerce.number().check(z.int(), z.positive()),
  /** The time between two runs of the schedule, in minutes. */
  SCHEDULE_MINUTES: z.coerce.number().check(z.int(), z.positive()),
};

/**
 * Creates the dependencies of the function that requests the lookups of a provider.
 *
 * @throws ConfigurationError if an environment variable is missing or invalid
 */
export function createLookupDependencies(
  provider: ProviderName,
  environment: EnvironmentVariables,
): LookupDependencies {
  const settings = readEnvironmentVariables(environment, Settings);
  const dynamodb = new DynamoDBClient(awsClientSettings);
  const table = settings.VERIFICATIONS_TABLE;
  const retentionSeconds = settings.RETENTION_DAYS * 24 * 3600;
  return {
    provider,
    dynamodb,
    table,
    // A row carries its unconfirmed writes. If they are long, they move to the bucket with the next write.
    verifications: wrapStoreForLargeWrites(
      createDynamoVerificationStore(dynamodb, table, retentionSeconds),
      createS3BlobStore(environment, settings.EVIDENCE_BUCKET),
    ),
    perMinute: settings.LOOKUPS_PER_MINUTE,
    everyMinutes: settings.SCHEDULE_MINUTES,
    retentionSeconds,
    telemetry: createTelemetry(`request-${provider}-lookups`, { provider }),
    newId: clockAndIdGenerator.newId,
  };
}
