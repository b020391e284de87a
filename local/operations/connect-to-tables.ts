import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { fetchLocalStackDescription } from '../ask-local-stack.ts';
import type { OptionHelp } from '../format-options.ts';
import { readOutputs } from './read-outputs.ts';

/** The options with which a command finds the tables. */
export const tableOptions = {
  port: { type: 'string', default: '8787' },
  outputs: { type: 'string' },
  'verifications-table': { type: 'string' },
  'history-table': { type: 'string' },
} as const;

/** The option with which a command finds the bucket, if the tables are given by their names. */
export const bucketOption = { 'evidence-bucket': { type: 'string' } } as const;

export const tableOptionsHelp: readonly OptionHelp[] = [
  ['--port N', 'the port of the local stack on 127.0.0.1 (default: 8787)'],
  [
    '--outputs FILE',
    'only for a deployed stack: the file that "npm run deploy -- --outputs-file FILE" has written. The\n' +
      'command then uses the AWS credentials of the shell',
  ],
  ['--verifications-table NAME', 'instead of --outputs: the output VerificationsTableName'],
  ['--history-table NAME', 'instead of --outputs: the output HistoryTableName'],
];

export const bucketOptionHelp: OptionHelp = [
  '--evidence-bucket NAME',
  'instead of --outputs: the output EvidenceBucketName',
];

export interface Tables {
  readonly dynamodb: DynamoDBClient;
  readonly s3: S3Client;
  readonly verificationsTable: string;
  readonly historyTable: string;
  /** Null if only the names of the tables are given. */
  readonly evidenceBucket: string | null;
}

interface GivenTables {
  readonly port: string;
  readonly outputs?: string | undefined;
  readonly 'verifications-table'?: string | undefined;
  readonly 'history-table'?: string | undefined;
  readonly 'evidence-bucket'?: string | undefined;
}

/**
 * Connects to the tables and the bucket of a deployed stack with the credentials of the shell, or to those of a local stack.
 *
 * @throws ConfigurationError if the options do not name one stack, or if no local stack answers
 */
export async function connectToTables({ port, outputs, ...names }: GivenTables): Promise<Tables> {
  const isNamed = Object.values(names).some((name) => name !== undefined);
  if (outputs !== undefined && isNamed)
    throw new ConfigurationError('--outputs names the tables and the bucket already: give it alone');
  if (outputs !== undefined) return { ...deployedClients(), ...(await readTableNames(outputs)) };
  return isNamed ? connectToNamedTables(names) : connectToLocalTables(port);
}

/** Closes the connections of the clients, so that the process can end. */
export function disconnectFromTables({ dynamodb, s3 }: Tables): void {
  dynamodb.destroy();
  s3.destroy();
}

const deployedClients = () => ({ dynamodb: new DynamoDBClient(), s3: new S3Client() });

const Outputs = z.object({
  VerificationsTableName: z.string(),
  HistoryTableName: z.string(),
  EvidenceBucketName: z.string(),
});

async function readTableNames(file: string) {
  const { VerificationsTableName, HistoryTableName, EvidenceBucketName } = (await readOutputs(file, Outputs))
    .outputs;
  return {
    verificationsTable: VerificationsTableName,
    historyTable: HistoryTableName,
    evidenceBucket: EvidenceBucketName,
  };
}

function connectToNamedTables({
  'verifications-table': verificationsTable,
  'history-table': historyTable,
  'evidence-bucket': evidenceBucket,
}: Omit<GivenTables, 'port' | 'outputs'>): Tables {
  if (verificationsTable === undefined || historyTable === undefined)
    throw new ConfigurationError('--verifications-table and --history-table belong together');
  return { ...deployedClients(), verificationsTable, historyTable, evidenceBucket: evidenceBucket ?? null };
}

const Description = z.object({
  region: z.string(),
  endpoints: z.object({ dynamodb: z.string(), s3: z.string() }),
  credentials: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
  resources: z.object({
    verificationsTable: z.string(),
    historyTable: z.string(),
    evidenceBucket: z.string(),
  }),
});

async function connectToLocalTables(port: string): Promise<Tables> {
  const answer = await fetchLocalStackDescription(`http://127.0.0.1:${port}`);
  const description = Description.safeParse(answer.kind === 'answered' ? answer.body : null);
  if (!description.success) {
    throw new ConfigurationError(`No local stack answers on port ${port}: give --port, or --outputs`);
  }
  const { region, endpoints, credentials, resources } = description.data;
  return {
    dynamodb: new DynamoDBClient({ region, credentials, endpoint: endpoints.dynamodb }),
    s3: new S3Client({ region, credentials, endpoint: endpoints.s3, forcePathStyle: true }),
    ...resources,
  };
}
