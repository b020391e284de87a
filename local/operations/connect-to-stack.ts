import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { type ProviderInStage, parseStage } from '../../infra/stage.ts';
import { stages } from '../../infra/stages.ts';
import type { CaseStack } from '../../shared/cases/case-stack.ts';
import type { ProviderName } from '../../shared/contract/provider-name.ts';
import type { EnvironmentVariables } from '../../shared/platform/environment.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { DatakeenAuthorizationScheme } from '../../shared/providers/datakeen/settings.ts';
import { IdnowApiSettings } from '../../shared/providers/idnow/gateways.ts';
import { fetchLocalStackDescription } from '../ask-local-stack.ts';
import type { OptionHelp } from '../format-options.ts';
import { localStackName } from '../local-names.ts';
import { localProviders } from '../providers/local-providers.ts';
import { readOutputs } from './read-outputs.ts';

/** The options with which a command finds the stack. */
export const stackOptions = {
  port: { type: 'string', default: '8787' },
  outputs: { type: 'string' },
  // People know this option from `callback-url`. It is accepted only to explain which option to use instead.
  base: { type: 'string' },
} as const;

export const stackOptionsHelp: readonly OptionHelp[] = [
  ['--port N', 'the port of the local stack on 127.0.0.1 (default: 8787)'],
  [
    '--outputs FILE',
    'only for a deployed stack: the file that "npm run deploy -- --outputs-file FILE" has written. The\n' +
      'command then uses the AWS credentials of the shell, and the stage in infra/stages.ts',
  ],
];

/** A stack, and the settings of its fetchers. */
export interface OperatedStack extends CaseStack {
  /** The environment variables of each provider's fetcher, without the ids of secrets. */
  readonly fetcherSettings: Readonly<Record<ProviderName, EnvironmentVariables>>;
  /** The setting `lookupsPerMinute` of each provider. */
  readonly lookupsPerMinute: Readonly<Record<ProviderName, number>>;
}

interface GivenStack {
  readonly port: string;
  readonly base?: string | undefined;
  readonly outputs?: string | undefined;
}

/**
 * Connects to a deployed stack with the credentials of the shell, or to a local stack.
 *
 * @throws ConfigurationError if the outputs cannot be used, or if no local stack answers
 */
export async function connectToStack({ port, base, outputs }: GivenStack): Promise<OperatedStack> {
  if (base !== undefined)
    throw new ConfigurationError(
      '--base is an option of callback-url. Give --port for a local stack, or --outputs for a deployed stack',
    );
  return outputs === undefined ? connectToLocalStack(port) : connectToDeployedStack(outputs);
}

/** Closes the connections of the clients, so that the process can end. */
export function disconnect({ aws }: CaseStack): void {
  aws.dynamodb.destroy();
  aws.secretsManager.destroy();
  aws.s3.destroy();
}

const Outputs = z.object({
  WebhooksUrl: z.string(),
  VerificationsTableName: z.string(),
  SessionsTableName: z.string(),
  EvidenceBucketName: z.string(),
});

async function connectToDeployedStack(file: string): Promise<OperatedStack> {
  const { stackName, outputs } = await readOutputs(file, Outputs);
  const input = stages.find(({ name }) => `idv-webhooks-${name}` === stackName);
  if (input === undefined) throw new ConfigurationError(`infra/stages.ts has no stage of ${stackName}`);
  const { retentionDays, providers } = parseStage(input);
  const fetcherSettings = settingsOfFetchers(providers);
  return {
    stackName,
    webhooksUrl: outputs.WebhooksUrl,
    verificationsTable: outputs.VerificationsTableName,
    sessionsTable: outputs.SessionsTableName,
    evidenceBucket: outputs.EvidenceBucketName,
    retentionDays,
    ...settingsOfApis(fetcherSettings),
    fetcherSettings,
    lookupsPerMinute: Object.fromEntries(
      providers.map(({ name, deployment }) => [name, deployment.lookupsPerMinute]),
    ),
    aws: {
      dynamodb: new DynamoDBClient(),
      secretsManager: new SecretsManagerClient(),
      s3: new S3Client({ expectContinueHeader: false }),
    },
  };
}

function settingsOfFetchers(providers: readonly ProviderInStage[]): OperatedStack['fetcherSettings'] {
  return Object.fromEntries(providers.map(({ name, deployment }) => [name, deployment.fetcher]));
}

/** Returns the settings of the providers' APIs that opening and closing cases needs. */
function settingsOfApis(
  fetchers: OperatedStack['fetcherSettings'],
): Pick<CaseStack, 'apiUrls' | 'idnowGateways' | 'authorizationScheme'> {
  const scheme = fetchers.datakeen?.DATAKEEN_AUTHORIZATION_SCHEME;
  return {
    apiUrls: Object.fromEntries(
      Object.entries(fetchers).map(([name, variables]) => [
        name,
        z.string().parse(variables[`${name.toUpperCase()}_API_URL`]),
      ]),
    ),
    idnowGateways: IdnowApiSettings.IDNOW_GATEWAYS.parse(fetchers.idnow?.IDNOW_GATEWAYS),
    authorizationScheme: DatakeenAuthorizationScheme.safeParse(scheme).data,
  };
}

const Description = z.object({
  region: z.string(),
  endpoints: z.object({ dynamodb: z.string(), secretsmanager: z.string(), s3: z.string() }),
  credentials: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
  resources: z.object({
    verificationsTable: z.string(),
    sessionsTable: z.string(),
    evidenceBucket: z.string(),
  }),
  config: z.partialRecord(z.enum(Object.keys(localProviders)), z.unknown()),
});

/** The local stack keeps a case for as long as a stage that is not live. */
const localRetentionDays = 30;

async function connectToLocalStack(port: string): Promise<OperatedStack> {
  const base = `http://127.0.0.1:${port}`;
  const answer = await fetchLocalStackDescription(base);
  const description = Description.safeParse(answer.kind === 'answered' ? answer.body : null);
  if (!description.success) {
    throw new ConfigurationError(`No local stack answers on port ${port}: give --port, or --outputs`);
  }
  const { region, endpoints, credentials, resources, config } = description.data;
  const sections = Object.entries(config).map(([name, section]) => [
    name,
    localProviders[name as keyof typeof localProviders].stageOf(section),
  ]);
  const { providers } = parseStage({ name: 'local', live: false, ...Object.fromEntries(sections) });
  const fetcherSettings = settingsOfFetchers(providers);
  const aws = { region, credentials };
  return {
    stackName: localStackName,
    webhooksUrl: base,
    ...resources,
    retentionDays: localRetentionDays,
    ...settingsOfApis(fetcherSettings),
    fetcherSettings,
    lookupsPerMinute: Object.fromEntries(
      providers.map(({ name, deployment }) => [name, deployment.lookupsPerMinute]),
    ),
    aws: {
      dynamodb: new DynamoDBClient({ ...aws, endpoint: endpoints.dynamodb }),
      secretsManager: new SecretsManagerClient({ ...aws, endpoint: endpoints.secretsmanager }),
      s3: new S3Client({ ...aws, endpoint: endpoints.s3, forcePathStyle: true, expectContinueHeader: false }),
    },
  };
}
