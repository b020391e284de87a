import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type Shard,
} from '@aws-sdk/client-dynamodb-streams';
import { eventSourceCredentials, region } from '../aws-account.ts';
import { BackOff, pause } from '../back-off.ts';
import type { Log } from '../functions/log-lines.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import type { FailureDestination } from './failure-destination.ts';
import { handleStreamBatch } from './stream-batch.ts';
import { streamRecord } from './stream-event.ts';

/** Lambda's default of a batch from a stream. */
const defaultBatchSize = 100;
/** Of the stream API: at most so many records a call. */
const mostPerCall = 1_000;
/** Lambda polls four times a second; this is quicker because people measure latency on the local stack. */
const idlePauseMs = 50;
/** How often to look for new shards. Emulators rarely make any. */
const shardDiscoveryMs = 5_000;

/** Feeds a table's stream to a function until the signal aborts: shards side by side, each in its order. */
export async function pollStream(
  mapping: EventSourceMapping,
  emulatorStreamArn: string,
  endpoint: string,
  discard: FailureDestination,
  signal: AbortSignal,
  log: Log,
): Promise<void> {
  const client = new DynamoDBStreamsClient({
    endpoint,
    region,
    credentials: eventSourceCredentials,
  });
  const source = `${mapping.function.name} ← stream`;
  const readers = new Map<string, Promise<void>>();
  const finished = new Set<string>();
  try {
    await keepTrying(startNewReaders);
    await Promise.all(readers.values());
  } finally {
    client.destroy();
  }

  async function keepTrying(step: () => Promise<'again' | 'done'>): Promise<void> {
    const backOff = new BackOff();
    while (!signal.aborted) {
      try {
        if ((await step()) === 'done') return;
        backOff.reset();
      } catch (error) {
        if (signal.aborted) return;
        log({ source, line: `The stream does not answer, trying again: ${String(error)}` });
        await backOff.wait(signal);
      }
    }
  }

  /** A shard is read once its parent has been read to the end. */
  async function startNewReaders(): Promise<'again'> {
    const shards = await describeShards();
    const ids = new Set(shards.map(({ ShardId }) => ShardId));
    for (const { ShardId, ParentShardId } of shards) {
      if (ShardId === undefined || readers.has(ShardId)) continue;
      if (ParentShardId !== undefined && ids.has(ParentShardId) && !finished.has(ParentShardId)) continue;
      readers.set(ShardId, readShard(ShardId));
    }
    await pause(readers.size === 0 ? idlePauseMs : shardDiscoveryMs, signal);
    return 'again';
  }

  async function describeShards(): Promise<Shard[]> {
    const shards: Shard[] = [];
    let ExclusiveStartShardId: string | undefined;
    do {
      const { StreamDescription } = await client.send(
        new DescribeStreamCommand({
          StreamArn: emulatorStreamArn,
          ...(ExclusiveStartShardId && { ExclusiveStartShardId }),
        }),
        { abortSignal: signal },
      );
      shards.push(...(StreamDescription?.Shards ?? []));
      ExclusiveStartShardId = StreamDescription?.LastEvaluatedShardId;
    } while (ExclusiveStartShardId !== undefined);
    return shards;
  }

  async function readShard(shardId: string): Promise<void> {
    let lastHandled: string | undefined;
    let iterator: string | undefined;
    await keepTrying(async () => {
      iterator ??= await shardIterator(shardId, lastHandled);
      const current = iterator;
      iterator = undefined; // an iterator is used once: after an error the position is what was last handled
      const Limit = Math.min(mapping.batchSize ?? defaultBatchSize, mostPerCall);
      const { Records = [], NextShardIterator } = await client.send(
        new GetRecordsCommand({ ShardIterator: current, Limit }),
        { abortSignal: signal },
      );
      const records = Records.map((record) => streamRecord(record, mapping.eventSourceArn));
      const wanted = records.filter(({ event }) => mapping.accepts(event));
      if (wanted.length > 0) await handleStreamBatch({ mapping, shardId, discard, signal, log }, wanted);
      if (signal.aborted) return 'done';
      lastHandled = records.at(-1)?.sequenceNumber ?? lastHandled;
      if (NextShardIterator === undefined) {
        finished.add(shardId);
        return 'done';
      }
      iterator = NextShardIterator;
      if (records.length === 0) await pause(idlePauseMs, signal);
      return 'again';
    });
  }

  async function shardIterator(ShardId: string, after: string | undefined): Promise<string | undefined> {
    const position =
      after === undefined
        ? { ShardIteratorType: mapping.startingPosition }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, SequenceNumber: after };
    const { ShardIterator } = await client.send(
      new GetShardIteratorCommand({ StreamArn: emulatorStreamArn, ShardId, ...position }),
      { abortSignal: signal },
    );
    return ShardIterator;
  }
}
