import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { StackWithHistory } from './case-record.ts';
import type { HistoryKey } from './find-cases.ts';

/** How a quarantined delivery was dealt with. Its row of the history has this beside the delivery. */
export const Resolution = z.object({
  /** An ISO 8601 instant. */
  at: z.string(),
  /** Who dealt with it: see `OperatedStack.operator`. */
  by: z.string(),
  /** Why, in the operator's own words. */
  reason: z.string(),
  /** `replayed`: a newer reader understood the body. `resolved`: an operator removed it from the open quarantine. */
  how: z.enum(['replayed', 'resolved']),
  /** The result of the replay, such as `accepted as event 3`; empty for `resolved`. */
  result: z.string(),
});
export type Resolution = z.infer<typeof Resolution>;

/** The attribute of a row of the history that contains its resolution. */
export const resolutionAttribute = 'resolution';

/** Converts a resolution to an attribute in the format of DynamoDB. */
export function convertResolutionToAttribute(resolution: Resolution) {
  return { S: JSON.stringify(resolution) };
}

/** Parses the resolution of an item. @returns null if the item has none */
export function parseResolution(item: Readonly<Record<string, { readonly S?: string | undefined }>>) {
  const text = item[resolutionAttribute]?.S;
  return text === undefined ? null : Resolution.parse(JSON.parse(text));
}

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
