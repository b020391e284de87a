import { setTimeout } from 'node:timers/promises';
import {
  BatchWriteItemCommand,
  type DynamoDBClient,
  paginateScan,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';

/** The maximum number of items that one call of BatchWriteItem writes. */
const maxBatchItems = 25;
const firstPauseMs = 50;
const longestPauseMs = 5_000;

/**
 * Copies all items of a table to another table, unchanged. An interrupted copy can be repeated.
 *
 * @returns the number of items
 */
export async function copyRows(
  dynamodb: DynamoDBClient,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<number> {
  let count = 0;
  const pages = paginateScan({ client: dynamodb }, { TableName: from, ConsistentRead: true });
  for await (const { Items: items = [] } of pages) {
    for (let start = 0; start < items.length; start += maxBatchItems) {
      const batch = items.slice(start, start + maxBatchItems);
      await writeAll(
        dynamodb,
        to,
        batch.map((Item) => ({ PutRequest: { Item } })),
      );
    }
    count += items.length;
  }
  return count;
}

/** Writes a batch. DynamoDB leaves items unprocessed while it throttles the table, so this waits and sends them again. */
async function writeAll(dynamodb: DynamoDBClient, table: string, requests: WriteRequest[]): Promise<void> {
  let left = requests;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const { UnprocessedItems: unprocessed } = await dynamodb.send(
      new BatchWriteItemCommand({ RequestItems: { [table]: left } }),
    );
    left = unprocessed?.[table] ?? [];
    if (left.length === 0) return;
    await setTimeout(pauseMs);
  }
}
