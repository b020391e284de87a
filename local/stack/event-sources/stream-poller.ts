import { DescribeStreamCommand, DynamoDBStreamsClient, type Shard } from '@aws-sdk/client-dynamodb-streams';
import { localRegion, pollerCredentials } from '../aws-account.ts';
import { sleepUnlessAborted } from '../back-off.ts';
import { callUntilDone } from './keep-trying.ts';
import { readShard } from './read-shard.ts';
import type { StreamPollerOptions } from './stream-source.ts';

/** The interval at which a poller searches its stream for new shards. Emulators rarely create shards. */
const shardDiscoveryMs = 5_000;
/** The interval of the search for a stream's first shard. The first shard appears soon after the stream is created. */
const firstShardMs = 50;

/**
 * Passes a stream's records to a function until the signal aborts. Reads the shards in parallel, but each shard in
 * order.
 */
export async function pollStream(stream: StreamPollerOptions): Promise<void> {
  const { mapping, endpoint, streamArn, signal, log } = stream;
  const client = new DynamoDBStreamsClient({ endpoint, region: localRegion, credentials: pollerCredentials });
  const readers = new Map<string, Promise<void>>();
  const finished = new Set<string>();
  const onFailure = (error: unknown) =>
    log({
      source: mapping.function.name,
      line: `The stream does not answer, trying again: ${String(error)}`,
    });
  try {
    await callUntilDone(startNewReaders, signal, onFailure);
    await Promise.all(readers.values());
  } finally {
    client.destroy();
  }

  /** Starts a reader for each new shard whose parent shard is read to its end. */
  async function startNewReaders(): Promise<'again'> {
    const shards = await describeShards();
    const ids = new Set(shards.map(({ ShardId }) => ShardId));
    for (const { ShardId, ParentShardId } of shards) {
      if (ShardId === undefined || readers.has(ShardId)) continue;
      if (ParentShardId !== undefined && ids.has(ParentShardId) && !finished.has(ParentShardId)) continue;
      const reading = readShard(client, stream, ShardId, onFailure).then(() => {
        finished.add(ShardId);
      });
      readers.set(ShardId, reading);
    }
    await sleepUnlessAborted(readers.size === 0 ? firstShardMs : shardDiscoveryMs, signal);
    return 'again';
  }

  async function describeShards(): Promise<Shard[]> {
    const shards: Shard[] = [];
    let ExclusiveStartShardId: string | undefined;
    do {
      const { StreamDescription } = await client.send(
        new DescribeStreamCommand({
          StreamArn: streamArn,
          ...(ExclusiveStartShardId && { ExclusiveStartShardId }),
        }),
        { abortSignal: signal },
      );
      shards.push(...(StreamDescription?.Shards ?? []));
      ExclusiveStartShardId = StreamDescription?.LastEvaluatedShardId;
    } while (ExclusiveStartShardId !== undefined);
    return shards;
  }
}
