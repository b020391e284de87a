import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { emulatorCredentials, localRegion } from '../aws-account.ts';
import { TemplateError } from '../errors.ts';
import { cloudFormationBooleanSchema, parseResourceProperties } from '../template/cfn-values.ts';
import type { ResolvedResource } from '../template/stack-template.ts';

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const index = z.object({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.object({
    ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']).optional(),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
});

const tableClass = z.enum(['STANDARD', 'STANDARD_INFREQUENT_ACCESS']).optional();

/**
 * The table properties with a local effect. A global table has its class in each replica, and our tables have one
 * replica. Capacity, encryption, backups, protection and tags have no local effect.
 */
const tableProperties = z.object({
  KeySchema: keySchema,
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  GlobalSecondaryIndexes: z.array(index).optional(),
  LocalSecondaryIndexes: z.array(index).optional(),
  TableClass: tableClass,
  Replicas: z.array(z.object({ TableClass: tableClass })).optional(),
  StreamSpecification: z
    .object({ StreamViewType: z.enum(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES']) })
    .optional(),
  TimeToLiveSpecification: z
    .object({ AttributeName: z.string(), Enabled: cloudFormationBooleanSchema })
    .optional(),
});

/**
 * Creates the tables of the CloudFormation template. A table that already exists in the data directory stays unchanged, but
 * gets a stream if the template has added one.
 * @returns the ARN of the stream of each table with a stream, by the table's name
 */
export async function createTables(
  endpoint: string,
  tables: ResolvedResource[],
): Promise<Map<string, string>> {
  const client = new DynamoDBClient({ endpoint, region: localRegion, credentials: emulatorCredentials });
  const streams = new Map<string, string>();
  try {
    for (const table of tables) {
      const properties = parseResourceProperties(tableProperties, table);
      await createTable(client, table.reference.name, properties);
      if (properties.StreamSpecification === undefined) continue;
      streams.set(table.reference.name, await enableStream(client, table.reference.name, properties));
    }
    return streams;
  } finally {
    client.destroy();
  }
}

/** @returns the ARN of the table's stream @throws TemplateError if the emulator cannot add a stream to a table */
async function enableStream(
  client: DynamoDBClient,
  TableName: string,
  { StreamSpecification }: Pick<z.output<typeof tableProperties>, 'StreamSpecification'>,
): Promise<string> {
  const found = await client.send(new DescribeTableCommand({ TableName }));
  if (found.Table?.LatestStreamArn !== undefined) return found.Table.LatestStreamArn;
  const added = await client
    .send(
      new UpdateTableCommand({
        TableName,
        StreamSpecification: { ...StreamSpecification, StreamEnabled: true },
      }),
    )
    .catch(() => null);
  const streamArn = added?.TableDescription?.LatestStreamArn;
  if (streamArn !== undefined) return streamArn;
  throw new TemplateError(
    `Table ${TableName} exists from an earlier start without a stream: delete its data`,
  );
}

async function createTable(
  client: DynamoDBClient,
  TableName: string,
  properties: z.output<typeof tableProperties>,
): Promise<void> {
  const { StreamSpecification, TimeToLiveSpecification, TableClass, Replicas, ...keys } = properties;
  const input: CreateTableCommandInput = {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    ...dropUndefined({ ...keys, TableClass: TableClass ?? Replicas?.[0]?.TableClass }),
    ...(StreamSpecification && { StreamSpecification: { ...StreamSpecification, StreamEnabled: true } }),
  };
  try {
    await client.send(new CreateTableCommand(input));
  } catch (error) {
    if (error instanceof ResourceInUseException) return;
    throw error;
  }
  if (TimeToLiveSpecification) {
    await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  }
}

function dropUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return JSON.parse(JSON.stringify(value));
}
