import { setTimeout as delay } from 'node:timers/promises';
import type { _Record, DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';

/** A stream of a table, as an operator reads it. */
export interface StreamToRead {
  readonly streams: Pick<DynamoDBStreamsClient, 'send'>;
  readonly streamArn: string;
  /** Ends the reading. */
  readonly signal: AbortSignal;
  /** Multiplies all pauses. It is 1, and smaller in tests. */
  readonly pauseFactor: number;
  /** Called with the records of a page, which are in the order of their shard. */
  readonly onRecords: (records: readonly _Record[]) => void;
  /** Called with the error of a call. The call is repeated after a pause. */
  readonly onFailure: (error: unknown) => void;
}

/** The pause before a failed call is repeated. */
const failurePauseMs = 5_000;

/** Repeats a call until it succeeds. @returns undefined if the signal aborts first */
export async function keepTrying<T>(
  { signal, pauseFactor, onFailure }: Pick<StreamToRead, 'signal' | 'pauseFactor' | 'onFailure'>,
  call: () => Promise<T>,
): Promise<T | undefined> {
  while (!signal.aborted) {
    try {
      return await call();
    } catch (error) {
      if (signal.aborted) break;
      onFailure(error);
      await pause(failurePauseMs * pauseFactor, signal);
    }
  }
  return undefined;
}

/** Waits. Returns at once if the signal aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}
