import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { countExactItemBytes, JsonItem } from '../numbers/item-size.ts';
import type { AwsCall } from './aws-proxy.ts';

/** Storage of an item that AWS bills in addition to its size: https://aws.amazon.com/dynamodb/pricing/on-demand/ */
const overheadBytes = 100;

const PutRequest = z.object({ TableName: z.string(), Item: JsonItem });

/**
 * Counts the bytes of the items that calls leave in tables. A later item with the same key replaces an earlier one.
 *
 * @param isKept false for tables whose items are deleted soon
 */
export async function countStoredBytes(
  dynamodb: DynamoDBClient,
  calls: readonly AwsCall[],
  isKept: (table: string) => boolean,
): Promise<number> {
  const stored = new Map<string, number>();
  for (const { service, operation, status, requestBody } of calls) {
    if (service !== 'dynamodb' || operation !== 'PutItem' || status !== 200) continue;
    const { TableName, Item } = PutRequest.parse(JSON.parse(requestBody));
    if (!isKept(TableName)) continue;
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
    const key = (Table?.KeySchema ?? []).map(({ AttributeName = '' }) => JSON.stringify(Item[AttributeName]));
    stored.set([TableName, ...key].join('|'), countExactItemBytes(Item) + overheadBytes);
  }
  return [...stored.values()].reduce((sum, bytes) => sum + bytes, 0);
}
