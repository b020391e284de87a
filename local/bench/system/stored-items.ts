import * as z from 'zod';
import { countExactItemBytes, JsonItem } from '../numbers/item-size.ts';
import type { AwsCall } from './aws-proxy.ts';
import type { TableFacts } from './table-facts.ts';

/**
 * Storage that AWS bills in addition to the size of an item, and of each entry of an index:
 * https://aws.amazon.com/dynamodb/pricing/on-demand/
 */
const overheadBytes = 100;

const PutRequest = z.object({ TableName: z.string(), Item: JsonItem });

/** The bytes that calls leave in tables. */
export interface StoredBytes {
  readonly tableBytes: number;
  /** The part of `tableBytes` that is in tables of the class Standard-IA. */
  readonly infrequentTableBytes: number;
}

/**
 * Counts the bytes of the items that calls leave in tables, and of their entries in indexes of keys. A later item with the
 * same key replaces an earlier one.
 *
 * @param isKept false for tables whose items are deleted soon
 */
export async function countStoredBytes(
  factsOf: (table: string) => Promise<TableFacts>,
  calls: readonly AwsCall[],
  isKept: (table: string) => boolean,
): Promise<StoredBytes> {
  const stored = new Map<string, { bytes: number; isInfrequent: boolean }>();
  for (const { service, operation, status, requestBody } of calls) {
    if (service !== 'dynamodb' || operation !== 'PutItem' || status !== 200) continue;
    const { TableName, Item } = PutRequest.parse(JSON.parse(requestBody));
    if (!isKept(TableName)) continue;
    const { key, indexKeys, isInfrequent } = await factsOf(TableName);
    const id = [TableName, ...key.map((name) => JSON.stringify(Item[name]))].join('|');
    stored.set(id, { bytes: bytesOf(Item, key, indexKeys), isInfrequent });
  }
  const all = [...stored.values()];
  const sum = (entries: typeof all) => entries.reduce((total, { bytes }) => total + bytes, 0);
  return { tableBytes: sum(all), infrequentTableBytes: sum(all.filter(({ isInfrequent }) => isInfrequent)) };
}

function bytesOf(item: JsonItem, key: readonly string[], indexKeys: TableFacts['indexKeys']): number {
  const entries = indexKeys
    .filter((names) => names.every((name) => name in item))
    .map((names) => countExactItemBytes(pick(item, new Set([...key, ...names]))) + overheadBytes);
  return entries.reduce((total, bytes) => total + bytes, countExactItemBytes(item) + overheadBytes);
}

function pick(item: JsonItem, names: ReadonlySet<string>): JsonItem {
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)));
}
