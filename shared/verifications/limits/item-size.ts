import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** A number takes 21 bytes at most: a byte for every two digits, and one more. */
const numberBytes = 21;

/**
 * The bytes that DynamoDB counts for an item: names and values in UTF-8, three for each list or map and one for each of
 * its members (Amazon DynamoDB Developer Guide, "DynamoDB item sizes and formats"). Numbers count as the longest ones.
 */
export function itemBytes(item: Readonly<Record<string, AttributeValue>>): number {
  return sum(Object.entries(item).map(([name, value]) => Buffer.byteLength(name) + valueBytes(value)));
}

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return numberBytes;
  if (value.B !== undefined) return value.B.byteLength;
  if (value.L !== undefined) return 3 + sum(value.L.map((member) => 1 + valueBytes(member)));
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + itemBytes(value.M);
  // NULL and BOOL; we store no sets.
  return 1;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
