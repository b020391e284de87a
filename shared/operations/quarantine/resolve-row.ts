import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { StackWithHistory } from '../case/case-record.ts';
import type { HistoryKey } from '../case/find-cases.ts';
import { convertResolutionToAttribute, type Resolution, resolutionAttribute } from '../case/resolution.ts';

/**
 * Removes a delivery from the open quarantine, and records its resolution. The row stays in the history.
 *
 * @returns false if the delivery was not in the open quarantine any more
 */
export async function resolveRow(
  { aws, historyTable }: StackWithHistory,
  { subject, at }: HistoryKey,
  resolution: Resolution,
): Promise<boolean> {
  try {
    await aws.dynamodb.send(
      new UpdateItemCommand({
        TableName: historyTable,
        Key: { subject: { S: subject }, at: { S: at } },
        UpdateExpression: 'REMOVE openQuarantine SET #resolution = :resolution',
        ConditionExpression: 'attribute_exists(openQuarantine)',
        ExpressionAttributeNames: { '#resolution': resolutionAttribute },
        ExpressionAttributeValues: { ':resolution': convertResolutionToAttribute(resolution) },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
