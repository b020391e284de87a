import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { computeHistoryExpiry } from '../../verifications/history-row.ts';
import { queryHistory } from '../case/case-record.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';

/**
 * Removes the expiry of all rows of a case in the history, or sets it again.
 *
 * @returns the number of rows
 */
export async function changeExpiryOfHistory(
  stack: OperatedStack,
  verificationId: string,
  isHeld: boolean,
): Promise<number> {
  let count = 0;
  for await (const { subject, at, decision } of queryHistory(stack, {
    ConsistentRead: true,
    KeyConditionExpression: 'subject = :subject',
    ExpressionAttributeValues: { ':subject': { S: verificationId } },
    ProjectionExpression: 'subject, #at, decision',
    ExpressionAttributeNames: { '#at': 'at' },
  })) {
    if (subject === undefined || at?.S === undefined) continue;
    const row = {
      receivedAt: at.S.split('#')[0] ?? '',
      isQuarantined: decision?.S === 'quarantined',
    };
    await changeExpiry(stack, { subject, at }, isHeld ? null : expiryOf(row, stack));
    count += 1;
  }
  return count;
}

const expiryOf = (row: Parameters<typeof computeHistoryExpiry>[0], { retentionDays }: OperatedStack) =>
  computeHistoryExpiry(row, retentionDays * 24 * 3600);

/** @param expiresAt seconds since 1970; null if the row does not expire */
async function changeExpiry(
  { aws, historyTable }: OperatedStack,
  Key: NonNullable<UpdateItemCommand['input']['Key']>,
  expiresAt: number | null,
): Promise<void> {
  try {
    await aws.dynamodb.send(
      new UpdateItemCommand({
        TableName: historyTable,
        Key,
        // The row may be deleted meanwhile, and an update would make it again.
        ConditionExpression: 'attribute_exists(subject)',
        ...(expiresAt === null
          ? { UpdateExpression: 'REMOVE expiresAt' }
          : {
              UpdateExpression: 'SET expiresAt = :expiresAt',
              ExpressionAttributeValues: { ':expiresAt': { N: String(expiresAt) } },
            }),
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
