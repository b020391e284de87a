import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { buildEventId } from '../verifications/build-event.ts';
import { buildHistoryKey } from '../verifications/history-row.ts';
import { carryWrite } from '../verifications/unconfirmed-writes.ts';
import type { UnconfirmedWrite } from '../verifications/verification.ts';
import { republishedAtAttribute } from '../verifications/verification-row.ts';
import type { VerificationWrite } from '../verifications/write.ts';
import { scanVerifications } from './scan-verifications.ts';

interface Republish {
  readonly dynamodb: DynamoDBClient;
  readonly verificationsTable: string;
  readonly historyTable: string;
  /** The time of the run. */
  readonly at: Date;
  /** Writes that are younger may still be on their way through the stream, so they are left out. */
  readonly olderThanSeconds: number;
  /** False for a dry run, which writes nothing. */
  readonly apply: boolean;
}

export interface Republished {
  /** The number of rows that were read. */
  readonly checked: number;
  /** The verifications with writes that the relay has never seen. Their writes are sent again. */
  readonly missing: readonly MissingWrites[];
  /** The ids of items that are no rows of this project. */
  readonly unreadable: readonly string[];
}

export interface MissingWrites {
  readonly verificationId: string;
  /** The ids of the events that were never published, oldest first. */
  readonly eventIds: readonly string[];
}

/**
 * Publishes the writes that the relay has never seen, for example because the stream was lost. The relay records each write
 * in the history after it has sent its messages, so a write without a row in the history was not published. A row contains
 * its own write, and the earlier writes that the relay may not have seen (decision record 043).
 *
 * This function changes an attribute of the row. The stream then contains the row once more, and the relay sends the
 * messages of all these writes, oldest first. Sending a message twice is safe, because events carry their sequence.
 */
export async function republishMissingWrites(operation: Republish): Promise<Republished> {
  const { dynamodb, verificationsTable, apply } = operation;
  const missing: MissingWrites[] = [];
  const unreadable: string[] = [];
  let checked = 0;
  for await (const row of scanVerifications(dynamodb, verificationsTable)) {
    checked += 1;
    if ('error' in row) {
      unreadable.push(row.verificationId);
      continue;
    }
    const eventIds = await findMissingEvents(row, operation);
    if (eventIds.length === 0) continue;
    missing.push({ verificationId: row.verification.verificationId, eventIds });
    if (apply) await touch(row, operation);
  }
  return { checked, missing, unreadable };
}

async function findMissingEvents(row: VerificationWrite, operation: Republish): Promise<string[]> {
  const { unconfirmed: writes = [] } = carryWrite(row);
  const isEachMissing = await Promise.all(writes.map((write) => isMissing(write, operation)));
  return writes
    .filter((_, index) => isEachMissing[index])
    .map(({ verification }) => buildEventId(verification));
}

async function isMissing(
  { verification }: UnconfirmedWrite,
  { dynamodb, historyTable, at, olderThanSeconds }: Republish,
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

/**
 * Makes the stream contain the row again. If another write has replaced the row, nothing happens: the new row carries the
 * missing writes, and the next run finds them.
 */
async function touch({ verification }: VerificationWrite, { dynamodb, verificationsTable, at }: Republish) {
  const { verificationId, version } = verification;
  try {
    await dynamodb.send(
      new UpdateItemCommand({
        TableName: verificationsTable,
        Key: { verificationId: { S: verificationId } },
        UpdateExpression: `SET ${republishedAtAttribute} = :at`,
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':at': { S: at.toISOString() }, ':version': { S: version } },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
