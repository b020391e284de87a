import {
  type DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { sleepUnlessAborted } from '../back-off.ts';
import { callUntilDone } from './keep-trying.ts';
import { handleStreamBatch } from './stream-batch.ts';
import { convertToLambdaStreamRecord, type StreamRecord } from './stream-event.ts';
import type { StreamPollerOptions } from './stream-source.ts';

/** Lambda's default batch size for a stream. */
const defaultBatchSize = 100;
/** The maximum number of records that one call of GetRecords returns. */
const mostPerCall = 1_000;
/**
 * The longest pause between polls of an empty shard, as on Lambda. A poll costs 1 ms of CPU time. The next poll follows
 * earlier if an invocation finishes, because the function may have written to the table.
 */
const idlePauseMs = 250;
/** The pause between polls within a batching window. */
const batchingPauseMs = 50;

interface Page {
  records: StreamRecord[];
  /** The shard iterator that reads the records after this page of records. Undefined at the end of the shard. */
  next: string | undefined;
}

/**
 * Reads one shard of a stream, and passes its records to the function in batches. Ends at the end of the shard, or when
 * the signal aborts.
 */
export async function readShard(
  client: DynamoDBStreamsClient,
  { mapping, streamArn, discard, checkpoints, invocations, signal, log }: StreamPollerOptions,
  shardId: string,
  onFailure: (error: unknown) => void,
): Promise<void> {
  const batchSize = mapping.batchSize ?? defaultBatchSize;
  const checkpoint = `${mapping.id}/${streamArn}/${shardId}`;
  let lastHandled = checkpoints.get(checkpoint);
  /**
   * The shard iterator that reads the next batch. It changes only after the previous batch is handled, so an error
   * loses no records.
   */
  let position: string | undefined;

  await callUntilDone(handleNextBatch, signal, (error) => {
    if (error instanceof ExpiredIteratorException) position = undefined;
    onFailure(error);
  });

  async function handleNextBatch(): Promise<'again' | 'done'> {
    const finished = invocations.value;
    position ??= await shardIterator();
    const { records, next } = await readBatch(position);
    const wanted = records.filter(({ event }) => mapping.accepts(event));
    const context = { mapping, shardId, discard, signal, log };
    const handled = wanted.length === 0 || (await handleStreamBatch(context, wanted));
    if (!handled) return 'done';
    remember(records.at(-1));
    position = next;
    if (position === undefined) return 'done';
    if (records.length === 0) await invocations.change(finished, idlePauseMs, signal);
    return 'again';
  }

  function remember(last: StreamRecord | undefined): void {
    if (last === undefined) return;
    lastHandled = last.sequenceNumber;
    checkpoints.set(checkpoint, lastHandled);
  }

  /**
   * Reads the records that are available now. If there are fewer than a full batch, also reads the records that arrive
   * within the batching window.
   */
  async function readBatch(from: string | undefined): Promise<Page> {
    let { records, next } = await read(from, batchSize);
    const windowEnd = Date.now() + mapping.batchingWindowMs;
    while (records.length > 0 && records.length < batchSize && Date.now() < windowEnd && next !== undefined) {
      await sleepUnlessAborted(batchingPauseMs, signal);
      const more = await read(next, batchSize - records.length);
      records = [...records, ...more.records];
      next = more.next;
    }
    return { records, next };
  }

  async function read(from: string | undefined, most: number): Promise<Page> {
    const command = new GetRecordsCommand({ ShardIterator: from, Limit: Math.min(most, mostPerCall) });
    const { Records = [], NextShardIterator } = await client.send(command, { abortSignal: signal });
    const records = Records.map((record) => convertToLambdaStreamRecord(record, mapping.eventSourceArn));
    return { records, next: NextShardIterator };
  }

  async function shardIterator(): Promise<string | undefined> {
    const position =
      lastHandled === undefined
        ? { ShardIteratorType: mapping.startingPosition }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, SequenceNumber: lastHandled };
    const command = new GetShardIteratorCommand({ StreamArn: streamArn, ShardId: shardId, ...position });
    const { ShardIterator } = await client.send(command, { abortSignal: signal });
    return ShardIterator;
  }
}
