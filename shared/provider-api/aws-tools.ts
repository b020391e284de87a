import { setTimeout } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { clientSettings, clockAndIds } from '../platform/clients.ts';
import { type Environment, readEnvironment } from '../platform/environment.ts';
import { pauseFactor } from '../platform/pause-factor.ts';
import { createCachedSecret } from '../platform/secrets.ts';
import type { EvidenceTools } from './evidence-tools.ts';
import { dynamoSessionStore } from './sessions/dynamo-session-store.ts';

/**
 * Makes the tools for calling a provider's API: secrets, shared sessions and a clock, on AWS.
 *
 * @throws ConfigurationError if a setting is missing
 */
export function awsTools(environment: Environment, dynamodb: DynamoDBClient): EvidenceTools {
  const settings = readEnvironment(environment, { SESSIONS_TABLE: z.string().min(1) });
  const factor = pauseFactor(environment);
  const secretsManager = new SecretsManagerClient(clientSettings);
  return {
    secret: (secretId) => createCachedSecret(secretsManager, secretId, clockAndIds.nowMs),
    sessions: dynamoSessionStore(dynamodb, settings.SESSIONS_TABLE, clockAndIds.nowMs, factor),
    owner: clockAndIds.newId(),
    now: clockAndIds.nowMs,
    wait: (ms, signal) => setTimeout(ms * factor, undefined, { signal }),
  };
}
