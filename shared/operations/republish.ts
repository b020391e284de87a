import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { buildHistoryKey } from '../verifications/history-row.ts';
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
  /** The verifications whose latest write the relay has never seen, and which are sent again. */
  readonly missing: readonly string[];
  /** The ids of items that are no rows of this project. */
  readonly unreadable: readonly string[];
}

/**
 * Sends the latest write of each verification again that the relay has never seen, for example because the stream was lost.
 * The relay records each write in the history after it has sent its messages, so a write without a row in the history was
 * not published.
 *
 * This function changes an attribute of the row that has no other meaning. The stream then contains the row once more, and
 * the relay sends the messages in its usual way. Sending a message twice is safe, because events carry their sequence.
 */
export async function republishMissingWrites(operation: Republish): Promise<Republished> {
  const { dynamodb, verificationsTable, apply } = operation;
  const missing: string[] = [];
  const unreadable: string[] = [];
  let checked = 0;
  for await (const row of scanVerifications(dynamodb, verificationsTable)) {
    checked += 1;
    if ('error' in row) {
      unreadable.push(row.verificationId);
    } else if (await isMissing(row, operation)) {
      missing.push(row.verification.verificationId);
      if (apply) await touch(row, operation);
    }
  }
  return { checked, missing, unreadable };
}

async function isMissing(
  { verification, outbox }: VerificationWrite,
  { dynamodb, historyTable, at, olderThanSeconds }: Republish,
): Promise<boolean> {
  const hasHistory = outbox.event !== null || outbox.delivery !== null;
  const ageSeconds = (at.getTime() - Date.parse(verification.receivedAt)) / 1000;
  if (!hasHistory || ageSeconds < olderThanSeconds) return false;
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

/** Makes the stream contain the row again. If another write has replaced the row, that write is in the stream already. */
async function touch({ verification }: VerificationWrite, { dynamodb, verificationsTable, at }: Republish) {
  const { verificationId, version } = verification;
  try {
    await dynamodb.send(
      new UpdateItemCommand({
        TableName: verificationsTable,
        Key: { verificationId: { S: verificationId } },
        UpdateExpression: 'SET republishedAt = :at',
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':at': { S: at.toISOString() }, ':version': { S: version } },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
