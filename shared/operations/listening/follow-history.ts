import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import { ConfigurationError } from '../../platform/errors.ts';
import { type HistoryRow, parseHistoryItem } from '../../verifications/history-row.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';
import { readStream } from './read-stream.ts';
import { SequenceBuffer } from './sequence-buffer.ts';
import { pause, type StreamToRead } from './stream-to-read.ts';

/** The table `History`, and clients that read it and its stream. */
export interface StackToFollow extends Pick<OperatedStack, 'historyTable'> {
  readonly aws: Pick<OperatedStack['aws'], 'dynamodb' | 'streams'>;
}

export interface FollowOptions extends Pick<StreamToRead, 'signal' | 'pauseFactor' | 'onFailure'> {
  /** Only the rows of this case. Undefined for all cases. */
  readonly verificationId?: string | undefined;
  /** Called when no later row can be missed. */
  readonly onReady: () => void;
  /** Called with each row. The events of a case come in the order of their sequence. */
  readonly onRow: (row: HistoryRow) => void;
}

/** An event waits for the event before it: the relay needs milliseconds to record a batch, and seconds to try again. */
const patience = { firstMs: 1_000, gapMs: 10_000 };
const releaseMs = 250;

/**
 * Follows what is recorded in the history from now on, until the signal aborts: each authentic delivery with its decision,
 * and each published event. Nothing else reads this stream, so following takes no event from a consumer.
 *
 * @throws ConfigurationError if the table has no stream
 */
export async function followHistory(
  { aws, historyTable }: StackToFollow,
  { verificationId, signal, pauseFactor, onReady, onRow, onFailure }: FollowOptions,
): Promise<void> {
  const { Table } = await aws.dynamodb.send(new DescribeTableCommand({ TableName: historyTable }));
  const streamArn = Table?.LatestStreamArn;
  if (streamArn === undefined)
    throw new ConfigurationError(`The table ${historyTable} has no stream: deploy this version of the stack`);
  const buffer = new SequenceBuffer({
    firstMs: patience.firstMs * pauseFactor,
    gapMs: patience.gapMs * pauseFactor,
  });
  const onRecords = (records: readonly _Record[]) => {
    for (const row of records.flatMap((record) => readRow(record) ?? [])) {
      if (verificationId !== undefined && row.subject !== verificationId) continue;
      for (const each of buffer.add(row, performance.now())) onRow(each);
    }
  };
  const stream = { streams: aws.streams, streamArn, signal, pauseFactor, onRecords, onFailure };
  await Promise.all([readStream(stream, onReady), releaseUntilAborted()]);

  async function releaseUntilAborted(): Promise<void> {
    while (!signal.aborted) {
      await pause(releaseMs * pauseFactor, signal);
      for (const row of buffer.releaseExpired(performance.now())) onRow(row);
    }
  }
}

/**
 * Reads the row of a record. @returns null if it reports nothing new: a deletion, an entry of the audit, or a change of a
 * row by an operator
 */
function readRow({ eventName, dynamodb }: _Record): HistoryRow | null {
  const item = dynamodb?.NewImage;
  if (item?.decision === undefined || eventName === 'REMOVE') return null;
  // The relay replaces a row `duplicate` by a row `accepted`: see `shared/verifications/history.ts`.
  if (eventName === 'MODIFY' && item.decision.S !== 'accepted') return null;
  try {
    return parseHistoryItem(item);
  } catch {
    return null;
  }
}
