import { setTimeout } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { ProviderName } from '../contract/provider-name.ts';
import { clockAndIdGenerator } from '../platform/clients.ts';
import { createCachedSecret } from '../platform/secrets.ts';
import type { ProviderApiDependencies } from '../provider-api/evidence-tools.ts';
import { createDynamoSessionStore } from '../provider-api/sessions/dynamo-session-store.ts';
import type { DatakeenAuthorizationScheme } from '../providers/datakeen/settings.ts';
import type { IdnowApi } from '../providers/idnow/gateways.ts';
import {
  createDynamoVerificationStore,
  type VerificationStore,
} from '../verifications/verification-store.ts';

/** A deployed stack or a local stack, as far as opening and closing cases needs it. */
export interface CaseStack {
  /** The name of the stack, such as `idv-webhooks-live`. The names of its secrets begin with it. */
  readonly stackName: string;
  /** The stack's output `WebhooksUrl`. */
  readonly webhooksUrl: string;
  /** The stack's output `VerificationsTableName`. */
  readonly verificationsTable: string;
  /** The stack's output `SessionsTableName`. */
  readonly sessionsTable: string;
  /** The stack's output `EvidenceBucketName`. */
  readonly evidenceBucket: string;
  /** The setting `retentionDays` of the stage. */
  readonly retentionDays: number;
  /** The base URL of each provider's API: the setting `apiUrl` of the stage. */
  readonly apiUrls: Readonly<Record<ProviderName, string>>;
  /** The setting `gateways` of IDnow in the stage: further gateways, and the shortnames that belong to them. */
  readonly idnowGateways?: IdnowApi['gateways'];
  /** Datakeen's setting `authorizationScheme` of the stage. Default: `Basic`. */
  readonly authorizationScheme?: DatakeenAuthorizationScheme | undefined;
  /** The clients with your credentials. */
  readonly aws: {
    readonly dynamodb: DynamoDBClient;
    readonly secretsManager: SecretsManagerClient;
    readonly s3: S3Client;
  };
}

export type CaseSecret = 'api' | 'webhook';

/** Returns a secret of a provider. Its name is `{stack}/{provider}/api` or `{stack}/{provider}/webhook`. */
export function readStackSecret({ stackName, aws }: CaseStack, provider: ProviderName, which: CaseSecret) {
  return createCachedSecret(
    aws.secretsManager,
    `${stackName}/${provider}/${which}`,
    clockAndIdGenerator.nowMs,
  );
}

/** Makes the tools for calls of a provider's API. They share the login sessions with the functions of the stack. */
export function createStackApiTools({ sessionsTable, aws }: CaseStack): ProviderApiDependencies {
  const { nowMs, newId } = clockAndIdGenerator;
  return {
    secret: (secretId) => createCachedSecret(aws.secretsManager, secretId, nowMs),
    sessions: createDynamoSessionStore(aws.dynamodb, sessionsTable, nowMs),
    owner: newId(),
    now: nowMs,
    wait: (ms, signal) => setTimeout(ms, undefined, { signal }),
  };
}

export function createStackVerifications(stack: CaseStack): VerificationStore {
  const retentionSeconds = stack.retentionDays * 24 * 3600;
  return createDynamoVerificationStore(stack.aws.dynamodb, stack.verificationsTable, retentionSeconds);
}
