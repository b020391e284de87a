import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { republishedAtAttribute, republishedObjectAttribute } from '../../verifications/verification-row.ts';

export interface VerificationsTable {
  readonly dynamodb: DynamoDBClient;
  readonly verificationsTable: string;
  /** The time of the run. */
  readonly at: Date;
}

/**
 * Puts a row into the stream again, so that the relay publishes the writes of the row. If another write has replaced the
 * row, nothing happens: the new row carries the missing writes, and the next run finds them.
 */
export async function putRowIntoStream(
  { verificationId, version }: { readonly verificationId: string; readonly version: string },
  table: VerificationsTable,
): Promise<void> {
  await update(verificationId, table, {
    UpdateExpression: `SET ${republishedAtAttribute} = :at REMOVE ${republishedObjectAttribute}`,
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': { S: version } },
  });
}

/**
 * Puts a row into the stream again, so that the relay publishes the writes of an object. What the row contains does not
 * matter, so it may be replaced meanwhile.
 *
 * @returns false if there is no row
 */
export function putObjectIntoStream(
  verificationId: string,
  key: string,
  table: VerificationsTable,
): Promise<boolean> {
  return update(verificationId, table, {
    UpdateExpression: `SET ${republishedAtAttribute} = :at, ${republishedObjectAttribute} = :key`,
    ConditionExpression: 'attribute_exists(verificationId)',
    ExpressionAttributeValues: { ':key': { S: key } },
  });
}

/** @returns false if the condition was not met */
async function update(
  verificationId: string,
  { dynamodb, verificationsTable, at }: VerificationsTable,
  { ExpressionAttributeValues: values, ...change }: Partial<UpdateItemCommandInput>,
): Promise<boolean> {
  try {
    await dynamodb.send(
      new UpdateItemCommand({
        TableName: verificationsTable,
        Key: { verificationId: { S: verificationId } },
        ...change,
        ExpressionAttributeValues: { ...values, ':at': { S: at.toISOString() } },
      }),
    );
    return true;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return false;
  }
}

/** Checks whether the table has a row of a verification. */
export async function hasRow(
  verificationId: string,
  { dynamodb, verificationsTable }: VerificationsTable,
): Promise<boolean> {
  const { Item } = await dynamodb.send(
    new GetItemCommand({
      TableName: verificationsTable,
      Key: { verificationId: { S: verificationId } },
      ConsistentRead: true,
      ProjectionExpression: 'verificationId',
    }),
  );
  return Item !== undefined;
}
