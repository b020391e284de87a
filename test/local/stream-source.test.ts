import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import type { LocalStack } from '../../local/stack/local-stack.ts';
import { eventually } from '../support/eventually.ts';
import { type FailingProxy, startFailingProxy } from './failing-proxy.ts';
import { type Fixture, functionResource, streamMapping, tableResource } from './fixture-assembly.ts';
import { runFixture } from './run-fixture.ts';

/** Returns a fixture with a function that reads a table's stream, and a queue and a bucket for discarded batches. */
function streamFixture(source: string, mapping: Record<string, unknown> = {}, variables = {}): Fixture {
  return {
    resources: {
      Cases: tableResource({ StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } }),
      Discarded: { Type: 'AWS::S3::Bucket' },
      DiscardedQueue: { Type: 'AWS::SQS::Queue' },
      Relay: functionResource('relay', { Environment: { Variables: variables } }),
      Mapping: streamMapping('Cases', 'Relay', mapping),
    },
    outputs: {
      table: { Value: { Ref: 'Cases' } },
      bucket: { Value: { Ref: 'Discarded' } },
      queue: { Value: { Ref: 'DiscardedQueue' } },
    },
    bundles: { relay: source },
  };
}

function database({ endpoints, region, credentials }: LocalStack): DynamoDBClient {
  const client = new DynamoDBClient({ endpoint: endpoints.dynamodb, region, credentials });
  onTestFinished(() => client.destroy());
  return client;
}

/** Writes n = 0, 1, 2 … to the same item, so that the order of the stream records is known. */
async function write(stack: LocalStack, count: number, from = 0): Promise<void> {
  const client = database(stack);
  for (let n = from; n < from + count; n += 1) {
    await client.send(
      new PutItemCommand({
        TableName: stack.outputs.table,
        Item: { id: { S: 'case' }, n: { N: String(n) } },
      }),
    );
  }
}

async function scratchDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'scratch-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}

const numbers = 'event.Records.map(({ dynamodb }) => Number(dynamodb.NewImage.n.N))';
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

describe('events of a stream', () => {
  it("the poller passes stream records in the format of Lambda's event", async () => {
    const { stack, seen } = await runFixture(
      streamFixture('exports.handler = async (event) => console.log(JSON.stringify(event));'),
    );
    const client = database(stack);
    const Item = {
      id: { S: 'x' },
      bytes: { B: Buffer.from([0, 255]) },
      nested: { M: { list: { L: [{ BS: [Buffer.from('a')] }] } } },
    };

    await client.send(new PutItemCommand({ TableName: stack.outputs.table, Item }));
    await client.send(new DeleteItemCommand({ TableName: stack.outputs.table, Key: { id: { S: 'x' } } }));

    const image = {
      id: { S: 'x' },
      bytes: { B: 'AP8=' },
      nested: { M: { list: { L: [{ BS: ['YQ=='] }] } } },
    };
    const common = {
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'eu-west-1',
      eventSourceARN: expect.stringMatching(
        /^arn:aws:dynamodb:eu-west-1:000000000000:table\/Fixture-Cases\/stream\/\d{4}-/,
      ),
    };
    const change = {
      ApproximateCreationDateTime: expect.any(Number),
      Keys: { id: { S: 'x' } },
      SequenceNumber: expect.stringMatching(/^\d+$/),
      SizeBytes: expect.any(Number),
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    };
    await eventually(() => {
      const records = seen('relay').flatMap((event) => Object(event).Records);
      expect(records).toEqual([
        {
          ...common,
          eventID: expect.any(String),
          eventName: 'INSERT',
          dynamodb: { ...change, NewImage: image },
        },
        {
          ...common,
          eventID: expect.any(String),
          eventName: 'REMOVE',
          dynamodb: { ...change, OldImage: image },
        },
      ]);
    });
  });

  it('the poller passes at most BatchSize stream records in one batch', async () => {
    const { stack, seen } = await runFixture(
      streamFixture(`exports.handler = async (event) => console.log(JSON.stringify(${numbers}));`, {
        BatchSize: 3,
      }),
    );

    await write(stack, 10);

    await eventually(() => expect(seen('relay').flat()).toEqual(upTo(10)));
    for (const batch of seen('relay')) expect(Object(batch).length).toBeLessThanOrEqual(3);
  });

  it('the poller skips stream records that do not match the filter', async () => {
    const pattern = {
      eventName: ['INSERT', 'MODIFY'],
      dynamodb: { NewImage: { n: { N: [{ numeric: ['>=', 3] }] } } },
    };
    const { stack, seen } = await runFixture(
      streamFixture(`exports.handler = async (event) => console.log(JSON.stringify(${numbers}));`, {
        FilterCriteria: { Filters: [{ Pattern: JSON.stringify(pattern) }] },
      }),
    );

    await write(stack, 5);
    await database(stack).send(
      new DeleteItemCommand({ TableName: stack.outputs.table, Key: { id: { S: 'case' } } }),
    );
    await write(stack, 1, 5);

    await eventually(() => expect(seen('relay').flat()).toEqual([3, 4, 5]));
  });

  it('the poller passes only new stream records if the StartingPosition is LATEST', async () => {
    const { stack, seen } = await runFixture(
      streamFixture(`exports.handler = async (event) => console.log(JSON.stringify(${numbers}));`, {
        StartingPosition: 'LATEST',
      }),
    );

    // The test cannot see when the poller has its start position. So the test writes until the function gets a record.
    await eventually(async () => {
      await write(stack, 1, 7);
      expect(seen('relay').flat()).toContain(7);
    });
  });
});

describe('a failed batch of a stream', () => {
  it('the poller tries a failed batch of a stream again until it succeeds, and keeps all records and their order', async () => {
    const { stack, seen } = await runFixture(
      streamFixture(
        `let calls = 0; exports.handler = async (event) => { calls += 1; if (calls % 3 !== 0) throw new Error('not yet'); console.log(JSON.stringify(${numbers})); };`,
        { BatchSize: 2 },
      ),
    );

    await write(stack, 6);

    await eventually(() => expect(seen('relay').flat()).toEqual(upTo(6)));
  });

  it('the poller passes the whole batch of a stream again after the function crashes', async () => {
    const directory = await scratchDirectory();
    // The first instance writes a file and hangs at a batch's second record. Later instances find the file and continue.
    const { stack, seen } = await runFixture(
      streamFixture(
        `const fs = require('node:fs');
         exports.handler = async (event) => {
           const file = process.env.DIRECTORY + '/crashed';
           const batch = ${numbers};
           for (const [index, n] of batch.entries()) {
             console.log(JSON.stringify([batch[0], n]));
             if (index === 1 && !fs.existsSync(file)) { fs.writeFileSync(file, ''); await new Promise(() => setInterval(() => {}, 1000)); }
           }
         };`,
        {},
        { DIRECTORY: directory },
      ),
    );
    const entries = () => z.array(z.tuple([z.number(), z.number()])).parse(seen('relay'));
    const hung = () => entries().findIndex(([first, n]) => n === first + 1);

    // The size of a batch depends on timing. With fifty records, at least one batch has several records.
    await write(stack, 50);
    await eventually(() => expect(hung()).toBeGreaterThan(0));
    await stack.functions.relay?.crash();

    await eventually(() => expect(entries().at(-1)?.[1]).toBe(49));
    const [first] = entries()[hung()] ?? [];
    const afterwards = entries().slice(hung() + 1);
    expect(afterwards.map(([, n]) => n)).toEqual(upTo(50).slice(first));
  });

  it('the poller passes a batch of a stream again from the lowest sequence number in batchItemFailures', async () => {
    const { stack, seen } = await runFixture(
      streamFixture(
        `const tried = {}; exports.handler = async (event) => {
           console.log(JSON.stringify(${numbers}));
           const failed = event.Records.filter(({ dynamodb }) => Number(dynamodb.NewImage.n.N) >= 2 && (tried[dynamodb.SequenceNumber] = (tried[dynamodb.SequenceNumber] ?? 0) + 1) === 1);
           return { batchItemFailures: failed.reverse().map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber })) };
         };`,
        { FunctionResponseTypes: ['ReportBatchItemFailures'], MaximumBatchingWindowInSeconds: 1 },
      ),
    );

    await write(stack, 5);

    await eventually(() => expect(seen('relay')).toEqual([upTo(5), [2, 3, 4]]));
  });

  it('the poller bisects a failed batch until the failing record is alone, and then passes the later records', async () => {
    const { stack, seen } = await runFixture(
      streamFixture(
        `exports.handler = async (event) => { const n = ${numbers}; if (n.includes(2)) throw new Error('bad'); console.log(JSON.stringify(n)); };`,
        { BisectBatchOnFunctionError: true, MaximumRetryAttempts: 0, MaximumBatchingWindowInSeconds: 1 },
      ),
    );

    await write(stack, 5);

    await eventually(() => expect(seen('relay').flat()).toEqual([0, 1, 3, 4]));
  });

  it('the poller stores a batch with its records in the bucket after the last retry fails', async () => {
    const { stack, lines } = await runFixture(
      streamFixture(`exports.handler = async () => { throw new Error('no'); };`, {
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Discarded', 'Arn'] } } },
      }),
    );
    const s3 = new S3Client({
      endpoint: stack.endpoints.s3,
      region: stack.region,
      credentials: stack.credentials,
    });
    onTestFinished(() => s3.destroy());
    const Bucket = stack.outputs.bucket;

    await write(stack, 1);

    const Key = await eventually(async () => {
      const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket }));
      expect(Contents).toHaveLength(1);
      return Contents?.[0]?.Key ?? '';
    });
    expect(Key).toMatch(
      /^aws\/lambda\/[0-9a-f-]{36}\/shardId-[^/]+\/\d{4}\/\d\d\/\d\d\/\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d-[0-9a-f-]{36}$/,
    );
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const record = JSON.parse((await Body?.transformToString()) ?? '');
    expect(record).toMatchObject({
      requestContext: {
        functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:relay',
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 2,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      DDBStreamBatchInfo: { batchSize: 1, startSequenceNumber: expect.any(String) },
    });
    expect(JSON.parse(record.payload).Records[0].dynamodb.NewImage).toEqual({
      id: { S: 'case' },
      n: { N: '0' },
    });
    expect(lines.filter(({ line }) => line.startsWith('Invoke Error'))).toHaveLength(2);
  });

  it('the poller sends the metadata of a discarded batch to a queue, without the records', async () => {
    const { stack } = await runFixture(
      streamFixture(`exports.handler = async () => { throw new Error('no'); };`, {
        MaximumRetryAttempts: 0,
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['DiscardedQueue', 'Arn'] } } },
      }),
    );
    const sqs = new SQSClient({
      endpoint: stack.endpoints.sqs,
      region: stack.region,
      credentials: stack.credentials,
    });
    onTestFinished(() => sqs.destroy());

    await write(stack, 1);

    const message = await eventually(async () => {
      const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: stack.outputs.queue }));
      expect(Messages).toHaveLength(1);
      return JSON.parse(Messages?.[0]?.Body ?? '');
    });
    expect(message).toMatchObject({ DDBStreamBatchInfo: { batchSize: 1 } });
    expect(message).not.toHaveProperty('payload');
  });

  it('the poller discards a stream record that is older than MaximumRecordAgeInSeconds', async () => {
    const { stack, lines } = await runFixture(
      streamFixture(`exports.handler = async () => { throw new Error('no'); };`, {
        MaximumRecordAgeInSeconds: 1,
      }),
    );

    await write(stack, 1);

    await eventually(() =>
      expect(lines.map(({ line }) => line)).toContain('Discarded 1 stream records: RecordAgeExceeded'),
    );
  });
});

it('the poller continues at its position in the stream after a temporary failure of DynamoDB', async () => {
  const proxies: FailingProxy[] = [];
  const { stack, seen, lines } = await runFixture(
    streamFixture(`exports.handler = async (event) => console.log(JSON.stringify(${numbers}));`),
    {
      interceptEndpoint: async (service, url) => {
        if (service !== 'dynamodb') return url;
        const proxy = await startFailingProxy(url);
        proxies.push(proxy);
        return proxy.url;
      },
    },
  );
  const [proxy] = proxies;

  await write(stack, 3);
  await eventually(() => expect(seen('relay').flat()).toEqual(upTo(3)));
  proxy?.refuse(true);
  await write(stack, 3, 3);
  await eventually(() =>
    expect(lines.map(({ line }) => line)).toContainEqual(expect.stringContaining('trying again')),
  );
  proxy?.refuse(false);

  await eventually(() => expect(seen('relay').flat()).toEqual(upTo(6)));
});

it('after a restart with the same data directory, the poller does not pass handled stream records again', async () => {
  const dataDir = await scratchDirectory();
  const fixture = streamFixture(
    `exports.handler = async (event) => console.log(JSON.stringify(${numbers}));`,
  );
  const first = await runFixture(fixture, { dataDir });
  await write(first.stack, 2);
  await eventually(async () => {
    const checkpoints = JSON.parse(await readFile(join(dataDir, 'stream-checkpoints.json'), 'utf8'));
    expect(Object.values(checkpoints)).toEqual(['2']);
  });
  await first.stack.stop();

  const second = await runFixture(fixture, { dataDir });
  await write(second.stack, 1, 2);

  await eventually(() => expect(second.seen('relay').flat()).toContain(2));
  expect(second.seen('relay').flat()).toEqual([2]);
});
