import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { readStream } from '../../shared/operations/listening/read-stream.ts';
import { eventually } from '../support/eventually.ts';

// No emulator splits a shard, ends one, or lets an iterator expire.
const streams = mockClient(DynamoDBStreamsClient);
beforeEach(() => streams.reset());
afterAll(() => streams.restore());

interface FakeShard {
  readonly parent?: string;
  readonly records: string[];
  closed: boolean;
}

/** Plays a stream. An iterator is `{shard}/{position}`. Each failure ends one GetRecords. */
function play(shards: Record<string, FakeShard>, failures: Error[] = []) {
  streams.on(DescribeStreamCommand).callsFake(async () => ({
    StreamDescription: {
      Shards: Object.entries(shards).map(([ShardId, { parent }]) => ({
        ShardId,
        ...(parent === undefined ? {} : { ParentShardId: parent }),
      })),
    },
  }));
  streams.on(GetShardIteratorCommand).callsFake(async ({ ShardId, ShardIteratorType, SequenceNumber }) => {
    const records = shards[ShardId]?.records ?? [];
    if (SequenceNumber === 'trimmed') throw new TrimmedDataAccessException({ message: '', $metadata: {} });
    const position =
      ShardIteratorType === 'LATEST' ? records.length : records.indexOf(SequenceNumber ?? '') + 1;
    return { ShardIterator: `${ShardId}/${position}` };
  });
  streams.on(GetRecordsCommand).callsFake(async ({ ShardIterator }) => {
    const failure = failures.shift();
    if (failure !== undefined) throw failure;
    const [id, position] = ShardIterator.split('/');
    const { records, closed } = shards[id] ?? { records: [], closed: true };
    const found = records.slice(Number(position));
    return {
      Records: found.map((SequenceNumber) => ({ dynamodb: { SequenceNumber } })),
      ...(closed ? {} : { NextShardIterator: `${id}/${records.length}` }),
    };
  });
}

/** Reads the played stream while `work` runs. @returns the sequence numbers of the records that were read */
async function read(work: (seen: readonly (string | undefined)[]) => Promise<void>) {
  const stop = new AbortController();
  const seen: (string | undefined)[] = [];
  const ready = Promise.withResolvers<void>();
  const reading = readStream(
    {
      streams: new DynamoDBStreamsClient({}),
      streamArn: 'arn',
      signal: stop.signal,
      pauseFactor: 0.001,
      onRecords: (records) => seen.push(...records.map(({ dynamodb }) => dynamodb?.SequenceNumber)),
      onFailure: () => undefined,
    },
    ready.resolve,
  );
  await ready.promise;
  await work(seen);
  stop.abort();
  await reading;
  return seen;
}

test('records from before the start are not read, also those of shards that have ended', async () => {
  const open: FakeShard = { parent: 'old', records: ['b'], closed: false };
  play({ old: { records: ['a'], closed: true }, open });

  const seen = await read(async (sofar) => {
    open.records.push('c', 'd');
    await eventually(() => expect(sofar).toHaveLength(2));
  });

  expect(seen).toEqual(['c', 'd']);
});

test('a shard that splits is read to its end, then its children from their beginning', async () => {
  const parent: FakeShard = { records: [], closed: false };
  const shards: Record<string, FakeShard> = { parent };
  play(shards);

  const seen = await read(async (sofar) => {
    shards.left = { parent: 'parent', records: ['c'], closed: false };
    shards.right = { parent: 'parent', records: ['d'], closed: false };
    parent.records.push('a', 'b');
    parent.closed = true;
    await eventually(() => expect(sofar).toHaveLength(4));
  });

  expect(seen.slice(0, 2)).toEqual(['a', 'b']);
  expect(seen.slice(2).toSorted()).toEqual(['c', 'd']);
});

test('after an expired iterator and a failed call, the reading continues after the last record', async () => {
  const shard: FakeShard = { records: [], closed: false };
  const failures: Error[] = [];
  play({ shard }, failures);

  const seen = await read(async (sofar) => {
    shard.records.push('a');
    await eventually(() => expect(sofar).toHaveLength(1));
    failures.push(
      new ExpiredIteratorException({ message: '', $metadata: {} }),
      new Error('the network is down'),
    );
    shard.records.push('b');
    await eventually(() => expect(sofar).toHaveLength(2));
  });

  expect(seen).toEqual(['a', 'b']);
  expect(failures).toEqual([]);
});

test('after 24 hours without a connection, the reading continues with the oldest record', async () => {
  const shard: FakeShard = { records: [], closed: false };
  const failures: Error[] = [];
  play({ shard }, failures);

  const seen = await read(async (sofar) => {
    shard.records.push('trimmed');
    await eventually(() => expect(sofar).toHaveLength(1));
    failures.push(new ExpiredIteratorException({ message: '', $metadata: {} }));
    shard.records.splice(0, 1, 'oldest');
    await eventually(() => expect(sofar).toHaveLength(2));
  });

  expect(seen).toEqual(['trimmed', 'oldest']);
});
