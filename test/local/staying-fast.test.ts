import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { emulatorCredentials, localRegion } from '../../local/stack/aws-account.ts';
import { CleanupList } from '../../local/stack/cleanup.ts';
import { startDynamoDbEmulator } from '../../local/stack/emulators/dynamodb-emulator.ts';
import { startSqsAndS3Emulator } from '../../local/stack/emulators/sqs-and-s3-emulator.ts';

const TableName = 'Cases';
const item = (n: number) => ({ id: { S: `case-${n}` }, padding: { S: 'x'.repeat(3_000) } });

/** A table's stream in a DynamoDB emulator of its own, with the operations that functions and the poller use. */
interface Stream {
  fill(count: number): Promise<void>;
  write(): Promise<unknown>;
  /** Reads at the end of the stream, where there are no new records. The poller does the same all the time. */
  poll(): Promise<unknown>;
  describe(): Promise<unknown>;
}

async function startStream(): Promise<Stream> {
  const cleanup = new CleanupList();
  onTestFinished(() => cleanup.run());
  const { url: endpoint } = await startDynamoDbEmulator(undefined, cleanup);
  const tables = new DynamoDBClient({ endpoint, region: localRegion, credentials: emulatorCredentials });
  const streams = new DynamoDBStreamsClient({
    endpoint,
    region: localRegion,
    credentials: emulatorCredentials,
  });
  onTestFinished(() => {
    tables.destroy();
    streams.destroy();
  });
  const { TableDescription } = await tables.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    }),
  );
  const StreamArn = TableDescription?.LatestStreamArn;
  const describeStream = () => streams.send(new DescribeStreamCommand({ StreamArn }));
  const latest = async () => {
    const { StreamDescription } = await describeStream();
    const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
    const command = new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'LATEST' });
    return (await streams.send(command)).ShardIterator;
  };
  let iterator = await latest();
  return {
    async fill(count) {
      for (let n = 0; n < count; n += 25) {
        const puts = Array.from({ length: 25 }, (_, index) => ({ PutRequest: { Item: item(n + index) } }));
        await tables.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: puts } }));
      }
      iterator = await latest();
    },
    write: () => tables.send(new PutItemCommand({ TableName, Item: item(0) })),
    poll: () => streams.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: 1 })),
    describe: describeStream,
  };
}

/** Returns the median times of two actions. The actions alternate, so that a busy machine slows both equally. */
async function medians(
  one: () => Promise<unknown>,
  other: () => Promise<unknown>,
): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let turn = 0; turn < 40; turn += 1) {
    for (const [index, action] of [one, other].entries()) {
      const started = performance.now();
      await action();
      times[index]?.push(performance.now() - started);
    }
  }
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length / 2] ?? 0;
  return [median(times[0]), median(times[1])];
}

describe('a stream of four thousand records', () => {
  it('writing, polling and describing a stream of four thousand records takes less than twice the time of an empty stream', {
    timeout: 240_000,
    // Other processes can slow one measurement, so a measurement that fails is repeated up to twice.
    retry: 2,
  }, async () => {
    // Prepare
    const [empty, full] = await Promise.all([startStream(), startStream()]);
    await full.fill(4_000);

    for (const action of ['poll', 'describe', 'write'] as const) {
      // Act
      const [short, long] = await medians(empty[action], full[action]);

      // Assess: without our indexes in the emulator's database, the full stream takes three to five times as long.
      expect(long / short, action).toBeLessThan(2);
    }
  });
});

describe('the S3 emulator', () => {
  it('the S3 emulator needs at most twice as much memory as the stored objects have bytes', async () => {
    // Prepare
    const cleanup = new CleanupList();
    onTestFinished(() => cleanup.run());
    const s3 = new S3Client({
      endpoint: await startSqsAndS3Emulator(cleanup),
      region: localRegion,
      credentials: emulatorCredentials,
      forcePathStyle: true,
    });
    onTestFinished(() => s3.destroy());
    const [Bucket, size, count] = ['small-objects', 2_000, 1_000];
    await s3.send(new CreateBucketCommand({ Bucket }));
    const before = bufferMemory();

    // Act
    for (let n = 0; n < count; n += 1) {
      await s3.send(new PutObjectCommand({ Bucket, Key: `object-${n}`, Body: 'x'.repeat(size) }));
    }

    // Assess
    expect(bufferMemory() - before).toBeLessThan(2 * size * count);
  });
});

/** Runs the garbage collection, and returns the number of bytes that Buffers still hold. */
function bufferMemory(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().arrayBuffers;
}
