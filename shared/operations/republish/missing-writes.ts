import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { buildEventId } from '../../verifications/build-event.ts';
import { buildHistoryKey } from '../../verifications/history-row.ts';
import type { UnconfirmedWrite } from '../../verifications/verification.ts';

export interface HistoryLookup {
  readonly dynamodb: DynamoDBClient;
  readonly historyTable: string;
  /** The time of the run. */
  readonly at: Date;
  /** Writes that are younger may still be on their way through the stream, so they are left out. */
  readonly olderThanSeconds: number;
}

/** Looks up writes in the history. @returns the ids of the events that were never published, in the order of the writes */
export async function findMissingEvents(
  writes: readonly UnconfirmedWrite[],
  lookup: HistoryLookup,
): Promise<string[]> {
  const isEachMissing = await Promise.all(writes.map((write) => isMissing(write, lookup)));
  return writes
    .filter((_, index) => isEachMissing[index])
    .map(({ verification }) => buildEventId(verification));
}

async function isMissing(
  { verification }: UnconfirmedWrite,
  { dynamodb, historyTable, at, olderThanSeconds }: HistoryLookup,
): Promise<boolean> {
  const ageSeconds = (at.getTime() - Date.parse(verification.receivedAt)) / 1000;
  if (ageSeconds < olderThanSeconds) return false;
  const { Item } = await dynamodb.send(
    new GetItemCommand({
      TableName: historyTable,
      Key: buildHistoryKey(verification),
      ConsistentRead: true,
      ProjectionExpression: 'subject',
    }),
  );
  return Item === undefined;
}
