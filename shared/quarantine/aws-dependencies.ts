import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { ProviderName } from '../contract/provider-name.ts';
import { awsClientSettings } from '../platform/clients.ts';
import {
  type EnvironmentVariables,
  jsonEnvironmentVariable,
  readEnvironmentVariables,
} from '../platform/environment.ts';
import { createTelemetry } from '../platform/telemetry.ts';
import type { OpenQuarantineDependencies } from './count-open-quarantine.ts';

const Settings = {
  HISTORY_TABLE: z.string().check(z.minLength(1)),
  PROVIDERS: z.pipe(jsonEnvironmentVariable, z.array(ProviderName)),
};

/** Creates the dependencies of `countOpenQuarantine`. @throws ConfigurationError if a setting is missing or invalid */
export function createOpenQuarantineDependencies(
  environment: EnvironmentVariables,
): OpenQuarantineDependencies {
  const settings = readEnvironmentVariables(environment, Settings);
  return {
    dynamodb: new DynamoDBClient(awsClientSettings),
    table: settings.HISTORY_TABLE,
    providers: settings.PROVIDERS,
    telemetry: createTelemetry('count-open-quarantine', {}),
  };
}
