import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { emulatorCredentials, localRegion } from '../aws-account.ts';
import { EmulatorError } from '../errors.ts';

/**
 * The time-out of each request to the DynamoDB. Without a time-out, a server that does not answer would block the start
 * of the local stack.
 */
const callTimeoutMs = 5_000;
/** The time limit for a write to appear in streams and indexes. In AWS's DynamoDB, that takes less than a second. */
const appearDeadlineMs = 5_000;

interface Probe {
  readonly client: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
  readonly TableName: string;
}

/**
 * The DynamoDB features that our functions need besides reads and writes. Each value is a function that tests the
 * feature.
 */
const requiredFeatures: Readonly<Record<string, (probe: Probe) => Promise<boolean>>> = {
  'the old item on a failed condition (ReturnValuesOnConditionCheckFailure)': returnsOldItem,
  'time to live (UpdateTimeToLive)': hasTimeToLive,
  'streams (StreamSpecification, GetRecords)': hasStreams,
  'global secondary indexes (GlobalSecondaryIndexes)': hasIndexes,
};

/**
 * Checks that a DynamoDB has the features that our functions need and some emulators lack. Uses a temporary table.
 * @throws EmulatorError that names each missing feature
 */
export async function assertDynamoDbFeatures(url: string): Promise<void> {
  const settings = {
    endpoint: url,
    region: localRegion,
    credentials: emulatorCredentials,
    maxAttempts: 2,
    requestHandler: { requestTimeout: callTimeoutMs, throwOnRequestTimeout: true },
  };
  const client = new DynamoDBClient(settings);
  const streams = new DynamoDBStreamsClient(settings);
  const probe = { client, streams, TableName: `idv-webhooks-probe-${randomUUID()}` };
  try {
    await createProbeTable(probe, url);
    const missing: string[] = [];
    for (const [feature, exists] of Object.entries(requiredFeatures)) {
      if (!(await exists(probe).catch(() => false))) missing.push(feature);
    }
    if (missing.length === 0) return;
    throw new EmulatorError(
      `The DynamoDB at ${url} (DYNAMODB_ENDPOINT) lacks ${missing.join(', ')}. Use an emulator that has it, or unset DYNAMODB_ENDPOINT.`,
    );
  } finally {
    await client.send(new DeleteTableCommand({ TableName: probe.TableName })).catch(() => undefined);
    client.destroy();
    streams.destroy();
  }
}

const probeIndex: Partial<CreateTableCommandInput> = {
  AttributeDefinitions: [
    { AttributeName: 'id', AttributeType: 'S' },
    { AttributeName: 'group', AttributeType: 'S' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byGroup',
      KeySchema: [{ AttributeName: 'group', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
};

const probeStream: Partial<CreateTableCommandInput> = {
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
};

/**
 * Creates a temporary table with a stream and an index, to test the features of the DynamoDB emulator. If the emulator
 * refuses one of them, creates the table without it. The other features can then still be tested.
 */
async function createProbeTable({ client, TableName }: Probe, url: string): Promise<void> {
  const table: CreateTableCommandInput = {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  };
  const create = (parts: Partial<CreateTableCommandInput>) =>
    client.send(new CreateTableCommand({ ...table, ...parts }));
  try {
    await create({ ...probeStream, ...probeIndex })
      .catch(() => create(probeStream))
      .catch(() => create(probeIndex))
      .catch(() => create({}));
    await waitUntilTableExists({ client, maxWaitTime: 20, minDelay: 0.1, maxDelay: 1 }, { TableName });
  } catch (cause) {
    throw new EmulatorError(`The DynamoDB at ${url} (DYNAMODB_ENDPOINT) cannot create a table`, { cause });
  }
}

async function returnsOldItem({ client, TableName }: Probe): Promise<boolean> {
  const put = new PutItemCommand({
    TableName,
    Item: { id: { S: 'probe' } },
    ConditionExpression: 'attribute_not_exists(id)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  await client.send(put);
  try {
    await client.send(put);
    return false;
  } catch (error) {
    return error instanceof ConditionalCheckFailedException && error.Item?.id?.S === 'probe';
  }
}

async function hasTimeToLive({ client, TableName }: Probe): Promise<boolean> {
  const TimeToLiveSpecification = { AttributeName: 'expiresAt', Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  return ['ENABLED', 'ENABLING'].includes(TimeToLiveDescription?.TimeToLiveStatus ?? '');
}

/** Writes an item. Returns true if the table's stream contains a record with this item before the time limit. */
async function hasStreams({ client, streams, TableName }: Probe): Promise<boolean> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  const StreamArn = Table?.LatestStreamArn;
  if (StreamArn === undefined) return false;
  await client.send(new PutItemCommand({ TableName, Item: { id: { S: 'streamed' } } }));
  for (const deadline = Date.now() + appearDeadlineMs; Date.now() < deadline; await delay(50)) {
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    for (const { ShardId } of StreamDescription?.Shards ?? []) {
      const { ShardIterator } = await streams.send(
        new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
      );
      const { Records = [] } = await streams.send(new GetRecordsCommand({ ShardIterator }));
      if (Records.some(({ dynamodb }) => dynamodb?.NewImage?.id?.S === 'streamed')) return true;
    }
  }
  return false;
}

/** Writes an item. Returns true if a query of the index finds it before the time limit. */
async function hasIndexes({ client, TableName }: Probe): Promise<boolean> {
  const group = { S: 'indexed' };
  await client.send(new PutItemCommand({ TableName, Item: { id: { S: 'indexed' }, group } }));
  for (const deadline = Date.now() + appearDeadlineMs; Date.now() < deadline; await delay(50)) {
    const { Count } = await client.send(
      new QueryCommand({
        TableName,
        IndexName: 'byGroup',
        KeyConditionExpression: '#group = :group',
        ExpressionAttributeNames: { '#group': 'group' },
        ExpressionAttributeValues: { ':group': group },
      }),
    );
    if (Count === 1) return true;
  }
  return false;
}
