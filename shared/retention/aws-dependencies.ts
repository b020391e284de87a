import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod/mini';
import { awsClientSettings } from '../platform/clients.ts';
import { type EnvironmentVariables, readEnvironmentVariables } from '../platform/environment.ts';
import { createTelemetry } from '../platform/telemetry.ts';
import { createDynamoCaseHistory } from './case-history.ts';
import { createS3CaseObjects } from './case-objects.ts';
import type { DeletionDependencies } from './delete-expired-cases.ts';

const Settings = {
  HISTORY_TABLE: z.string().check(z.minLength(1)),
  EVIDENCE_BUCKET: z.string().check(z.minLength(1)),
};

/**
 * Creates the AWS clients of the deletion of expired cases, and reads its settings.
 *
 * @throws ConfigurationError if an environment variable is missing or invalid
 */
export function createDeletionDependencies(environment: EnvironmentVariables): DeletionDependencies {
  const settings = readEnvironmentVariables(environment, Settings);
  const s3 = new S3Client(clientSettings);
  return {
    history: createDynamoCaseHistory(new DynamoDBClient(clientSettings), settings.HISTORY_TABLE, pause),
    objects: createS3CaseObjects(s3, settings.EVIDENCE_BUCKET, () => new Date()),
    telemetry: createTelemetry('delete-expired-cases', {}),
  };
}

/** A call may take longer than usual, because S3 deletes up to 1000 versions in one call. */
const clientSettings = {
  ...awsClientSettings,
  requestHandler: { ...awsClientSettings.requestHandler, requestTimeout: 30_000 },
} as const;
