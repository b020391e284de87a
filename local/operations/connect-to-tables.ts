import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { fetchLocalStackDescription } from '../ask-local-stack.ts';

/** The options with which a command finds the tables. */
export const tableOptions = {
  port: { type: 'string', default: '8787' },
  'verifications-table': { type: 'string' },
  'history-table': { type: 'string' },
} as const;

export const tableOptionsUsage = `  --port N                    the port of the local stack on 127.0.0.1 (default: 8787)
  --verifications-table NAME  only for a deployed stack: the output VerificationsTableName
  --history-table NAME        only for a deployed stack: the output HistoryTableName`;

export interface Tables {
  readonly dynamodb: DynamoDBClient;
  readonly verificationsTable: string;
  readonly historyTable: string;
}

interface GivenTables {
  readonly port: string;
  readonly 'verifications-table'?: string | undefined;
  readonly 'history-table'?: string | undefined;
}

const Description = z.object({
  region: z.string(),
  endpoints: z.object({ dynamodb: z.string() }),
  credentials: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
  resources: z.object({ verificationsTable: z.string(), historyTable: z.string() }),
});

/**
 * Connects to the tables of a deployed stack with the credentials of the shell, or to those of a local stack.
 *
 * @throws ConfigurationError if only one table is given, or if no local stack answers
 */
export async function connectToTables({
  port,
  'verifications-table': verificationsTable,
  'history-table': historyTable,
}: GivenTables): Promise<Tables> {
  if (verificationsTable !== undefined && historyTable !== undefined) {
    return { dynamodb: new DynamoDBClient(), verificationsTable, historyTable };
  }
  if (verificationsTable !== undefined || historyTable !== undefined) {
    throw new ConfigurationError('--verifications-table and --history-table belong together');
  }
  const answer = await fetchLocalStackDescription(`http://127.0.0.1:${port}`);
  const description = Description.safeParse(answer.kind === 'answered' ? answer.body : null);
  if (!description.success) {
    throw new ConfigurationError(
      `No local stack answers on port ${port}: give --port, or the names of both tables`,
    );
  }
  const { region, endpoints, credentials, resources } = description.data;
  return {
    dynamodb: new DynamoDBClient({ region, credentials, endpoint: endpoints.dynamodb }),
    ...resources,
  };
}
