import { DescribeStreamCommand, type Shard } from '@aws-sdk/client-dynamodb-streams';
import { findPlace, readShard } from './read-shard.ts';
import { keepTrying, pause, type StreamToRead } from './stream-to-read.ts';

/** The interval of the search for new shards. A shard ends after some hours, or when its table grows. */
const searchMs = 5_000;

/**
 * Reads what is written into a table from now on, until the signal aborts. If a shard ends, its children are read after it,
 * from their beginning: so the records of an item stay in order.
 *
 * @param onReady called when no later record can be missed
 */
export async function readStream(stream: StreamToRead, onReady: () => void): Promise<void> {
  const { signal, pauseFactor } = stream;
  const readers = new Map<string, Promise<void>>();
  const ended = new Set<string>();
  const failed = Promise.withResolvers<never>();

  await Promise.race([searchForShards(), failed.promise]);

  async function searchForShards(): Promise<void> {
    const first = await describeShards(stream);
    // A shard gets children when it ends, so a shard with children has only earlier records.
    for (const { ParentShardId } of first) if (ParentShardId !== undefined) ended.add(ParentShardId);
    const leaves = first.flatMap(({ ShardId = '' }) => (ended.has(ShardId) ? [] : ShardId));
    await Promise.all(leaves.map((shardId) => startReader(shardId, 'LATEST')));
    onReady();
    while (!signal.aborted) {
      await pause(searchMs * pauseFactor, signal);
      const shards = await describeShards(stream);
      const ids = new Set(shards.map(({ ShardId }) => ShardId));
      for (const { ShardId = '', ParentShardId: parent } of shards) {
        const waitsForParent = parent !== undefined && ids.has(parent) && !ended.has(parent);
        if (readers.has(ShardId) || ended.has(ShardId) || waitsForParent) continue;
        await startReader(ShardId, 'TRIM_HORIZON');
      }
    }
    await Promise.all(readers.values());
  }

  async function startReader(shardId: string, from: 'LATEST' | 'TRIM_HORIZON'): Promise<void> {
    const place = await findPlace(stream, shardId, { ShardIteratorType: from });
    const reading = readShard(stream, shardId, place).then(() => void ended.add(shardId), failed.reject);
    readers.set(shardId, reading);
  }
}

/** Lists the shards of the stream. @returns no shard if the signal aborts */
async function describeShards(stream: StreamToRead): Promise<Shard[]> {
  const shards: Shard[] = [];
  let start: string | undefined;
  do {
    const command = new DescribeStreamCommand({
      StreamArn: stream.streamArn,
      ExclusiveStartShardId: start,
    });
    const page = await keepTrying(stream, () => stream.streams.send(command, { abortSignal: stream.signal }));
    shards.push(...(page?.StreamDescription?.Shards ?? []));
    start = page?.StreamDescription?.LastEvaluatedShardId;
  } while (start !== undefined);
  return shards;
}
