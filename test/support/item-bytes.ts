import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { countExactItemBytes, JsonItem } from '../../local/bench/numbers/item-size.ts';

/** Returns the size of an item in bytes, as DynamoDB counts it. */
export function countItemBytes(item: Readonly<Record<string, AttributeValue>>): number {
  const inJson = Object.entries(item).map(([name, value]) => [
    name,
    value.B === undefined ? value : { B: Buffer.from(value.B).toString('base64') },
  ]);
  return countExactItemBytes(JsonItem.parse(Object.fromEntries(inJson)));
}
