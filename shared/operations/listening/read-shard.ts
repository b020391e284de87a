import {
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type ShardIteratorType,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import { keepTrying, pause, type StreamToRead } from './stream-to-read.ts';

/** The pause after an empty page. All readers of a shard together may make five calls in a second. */
const idlePauseMs = 500;

/** Finds a place in a shard. @returns undefined if the signal aborts first */
export async function findPlace(
  stream: StreamToRead,
  ShardId: string,
  from: { readonly ShardIteratorType: ShardIteratorType; readonly SequenceNumber?: string },
): Promise<string | undefined> {
  const command = new GetShardIteratorCommand({ StreamArn: stream.streamArn, ShardId, ...from });
  const found = await keepTrying(stream, () =>
    stream.streams.send(command, { abortSignal: stream.signal }).catch((error: unknown) => {
      // The place is older than 24 hours, so the stream no longer has it.
      if (error instanceof TrimmedDataAccessException) return null;
      throw error;
    }),
  );
  if (found === null) return findPlace(stream, ShardId, { ShardIteratorType: 'TRIM_HORIZON' });
  return found?.ShardIterator;
}

/** Reads a shard from a place to its end, or until the signal aborts. */
export async function readShard(
  stream: StreamToRead,
  ShardId: string,
  place: string | undefined,
): Promise<void> {
  const { streams, signal, pauseFactor, onRecords } = stream;
  /** The place after the last record. Undefined before the first record. */
  let last: string | undefined;
  let next = place;
  while (!signal.aborted && next !== undefined) {
    const ShardIterator = next;
    const page = await keepTrying(stream, () =>
      streams
        .send(new GetRecordsCommand({ ShardIterator }), { abortSignal: signal })
        .catch((error: unknown) => {
          if (error instanceof ExpiredIteratorException) return null;
          throw error;
        }),
    );
    if (page === null) {
      // An iterator is valid for 15 minutes. A machine that slept finds its place again.
      next = await findPlace(
        stream,
        ShardId,
        last === undefined
          ? { ShardIteratorType: 'LATEST' }
          : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: last },
      );
      continue;
    }
    const { Records: records = [], NextShardIterator } = page ?? {};
    last = records.at(-1)?.dynamodb?.SequenceNumber ?? last;
    next = NextShardIterator;
    if (records.length > 0) onRecords(records);
    else await pause(idlePauseMs * pauseFactor, signal);
  }
}
