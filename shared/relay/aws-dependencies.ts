import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { clientSettings } from '../platform/clients.ts';
import { type Environment, readEnvironment } from '../platform/environment.ts';
import { powertoolsTelemetry } from '../platform/telemetry.ts';
import { dynamoLedger } from '../verifications/ledger.ts';
import { sqsQueueSender } from './queue-sender.ts';
import type { RelayDependencies } from './relay-events.ts';

const Settings = {
  DELIVERIES_TABLE: z.string().min(1),
  EVENTS_QUEUE_URL: z.string().min(1),
  EVIDENCE_JOBS_QUEUE_URL: z.string().min(1),
  RETENTION_DAYS: z.coerce.number().int().positive(),
};

/** What the relay needs of AWS. @throws ConfigurationError */
export function relayDependencies(environment: Environment): RelayDependencies {
  const settings = readEnvironment(environment, Settings);
  const telemetry = powertoolsTelemetry('relay-events', {});
  const sqs = new SQSClient(clientSettings);
  const onFailure = (error: unknown) => telemetry.error('queue took no message', error);
  return {
    events: sqsQueueSender(sqs, settings.EVENTS_QUEUE_URL, onFailure),
    jobs: sqsQueueSender(sqs, settings.EVIDENCE_JOBS_QUEUE_URL, onFailure),
    ledger: dynamoLedger(
      new DynamoDBClient(clientSettings),
      settings.DELIVERIES_TABLE,
      settings.RETENTION_DAYS * 24 * 3600,
    ),
    telemetry,
  };
}
