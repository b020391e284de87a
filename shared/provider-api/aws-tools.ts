import { setTimeout } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { awsClientSettings, clockAndIdGenerator } from '../platform/clients.ts';
import { type EnvironmentVariables, readEnvironmentVariables } from '../platform/environment.ts';
import { readPauseFactor } from '../platform/pause-factor.ts';
import { createCachedSecret } from '../platform/secrets.ts';
import type { Telemetry } from '../platform/telemetry.ts';
import type { ProviderApiDependencies } from './evidence-tools.ts';
import { countFailedLogins } from './sessions/count-failed-logins.ts';
import { createDynamoSessionStore } from './sessions/dynamo-session-store.ts';

/**
 * Makes the tools for calling a provider's API: secrets, shared sessions and a clock, on AWS.
 *
 * @throws ConfigurationError if a setting is missing
 */
export function createProviderApiDependencies(
  environment: EnvironmentVariables,
  dynamodb: DynamoDBClient,
  telemetry: Pick<Telemetry, 'count'>,
): ProviderApiDependencies {
  const settings = readEnvironmentVariables(environment, {
    SESSIONS_TABLE: z.string().check(z.minLength(1)),
  });
  const factor = readPauseFactor(environment);
  const secretsManager = new SecretsManagerClient(awsClientSettings);
  return {
    secret: (secretId) => createCachedSecret(secretsManager, secretId, clockAndIdGenerator.nowMs),
    sessions: countFailedLogins(
      createDynamoSessionStore(dynamodb, settings.SESSIONS_TABLE, clockAndIdGenerator.nowMs, factor),
      telemetry,
    ),
    owner: clockAndIdGenerator.newId(),
    now: clockAndIdGenerator.nowMs,
    wait: (ms, signal) => setTimeout(ms * factor, undefined, { signal }),
  };
}
