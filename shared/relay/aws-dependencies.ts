import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { ProviderName } from '../contract/provider-name.ts';
import { createS3BlobReader, createS3BlobStore } from '../platform/blob-store.ts';
import { awsClientSettings, clockAndIdGenerator } from '../platform/clients.ts';
import {
  type EnvironmentVariables,
  jsonEnvironmentVariable,
  readEnvironmentVariables,
} from '../platform/environment.ts';
import { createTelemetry } from '../platform/telemetry.ts';
import { createDynamoHistory } from '../verifications/history.ts';
import { createJobQueueSelector } from './job-queues.ts';
import { createS3ParkingStore } from './parking.ts';
import { createSqsQueueSender } from './queue-sender.ts';
import type { RelayDependencies } from './relay-events.ts';

const Settings = {
  HISTORY_TABLE: z.string().check(z.minLength(1)),
  EVIDENCE_BUCKET: z.string().check(z.minLength(1)),
  EVENTS_QUEUE_URL: z.string().check(z.minLength(1)),
  /** The URLs of the job queues, by provider. Only providers in the stage have a queue. */
  EVIDENCE_JOBS_QUEUE_URLS: z.pipe(
    jsonEnvironmentVariable,
    z.record(ProviderName, z.string().check(z.minLength(1))),
  ),
  RETENTION_DAYS: z.coerce.number().check(z.int(), z.positive()),
};

/**
 * Creates the AWS clients of the relay, and reads its settings.
 *
 * @throws ConfigurationError if an environment variable is missing or invalid
 */
export function createRelayDependencies(environment: EnvironmentVariables): RelayDependencies {
  const settings = readEnvironmentVariables(environment, Settings);
  const telemetry = createTelemetry('relay-events', {});
  const sqs = new SQSClient(awsClientSettings);
  const onFailure = (error: unknown) =>
    telemetry.error('SQS did not accept a message; the relay sends it again', error);
  const jobSenders = Object.fromEntries(
    Object.entries(settings.EVIDENCE_JOBS_QUEUE_URLS).map(([provider, queueUrl]) => [
      provider,
      createSqsQueueSender(sqs, queueUrl, onFailure),
    ]),
  );
  return {
    events: createSqsQueueSender(sqs, settings.EVENTS_QUEUE_URL, onFailure),
    jobs: createJobQueueSelector(jobSenders),
    history: createDynamoHistory(
      new DynamoDBClient(awsClientSettings),
      settings.HISTORY_TABLE,
      settings.RETENTION_DAYS * 24 * 3600,
    ),
    parking: createS3ParkingStore(
      createS3BlobStore(environment, settings.EVIDENCE_BUCKET),
      telemetry,
      clockAndIdGenerator.now,
    ),
    bucket: settings.EVIDENCE_BUCKET,
    objects: createS3BlobReader(environment, settings.EVIDENCE_BUCKET),
    telemetry,
    now: clockAndIdGenerator.now,
  };
}
