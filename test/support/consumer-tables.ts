import { CreateTableCommand, type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { ApplyEvent } from '../../docs/events/examples/apply-event.ts';
import { caseTable } from '../../docs/events/examples/case-table.ts';
import { taskTable } from '../../docs/events/examples/task-table.ts';

/** The tables of the two example consumers in `docs/events/examples`. */
export interface ConsumerTables {
  /** Keeps the newest event of each case. */
  readonly keepNewest: ApplyEvent;
  /** Acts on each change of a case. */
  readonly actOnChange: ApplyEvent;
  /** Reads the row of a case that `keepNewest` writes; null if there is none. */
  readCase(verificationId: string): Promise<CaseRow | null>;
  /** Reads the events on which `actOnChange` has acted: `{generation}.{sequence}` of each. */
  readTasks(verificationId: string): Promise<string[]>;
}

const CaseRow = z.looseObject({
  generation: z.string(),
  sequence: z.number(),
  state: z.object({ outcome: z.string().nullable(), finality: z.string() }),
  claims: z.record(z.string(), z.unknown()),
  checks: z.array(z.object({ name: z.string() })),
  evidence: z.object({ status: z.string(), manifest: z.string().nullable() }).nullable(),
});
export type CaseRow = z.infer<typeof CaseRow>;

const TaskRow = z.object({ tasks: z.array(z.object({ id: z.string() })) });

/**
 * Creates the tables of both example consumers.
 *
 * @param since when the consumers began to read events, in the format of a generation
 */
export async function createConsumerTables(
  dynamoDb: DynamoDBClient,
  s3: S3Client,
  since: string,
): Promise<ConsumerTables> {
  const [cases, tasks] = ['cases-of-the-consumer', 'tasks-of-the-consumer'] as const;
  for (const tableName of [cases, tasks]) await createTable(dynamoDb, tableName);
  const read = async (TableName: string, verificationId: string) => {
    const Key = { verificationId: { S: verificationId } };
    const { Item } = await dynamoDb.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    return Item && unmarshall(Item);
  };
  return {
    keepNewest: caseTable({ dynamoDb, s3, tableName: cases }),
    actOnChange: taskTable({ dynamoDb, tableName: tasks, since }),
    async readCase(verificationId) {
      const row = await read(cases, verificationId);
      return row === undefined ? null : CaseRow.parse(row);
    },
    async readTasks(verificationId) {
      const row = await read(tasks, verificationId);
      return row === undefined ? [] : TaskRow.parse(row).tasks.map(({ id }) => id.replace(/^.*#/, ''));
    },
  };
}

async function createTable(dynamoDb: DynamoDBClient, TableName: string): Promise<void> {
  await dynamoDb.send(
    new CreateTableCommand({
      TableName,
      KeySchema: [{ AttributeName: 'verificationId', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'verificationId', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
}
