import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** The largest size of a number in DynamoDB: one byte for every two digits, and one more byte. */
const numberBytes = 21;

/**
 * Returns the size of an item as DynamoDB counts it: the bytes of names and values in UTF-8, three bytes for each list
 * or map, and one byte for each member (Amazon DynamoDB Developer Guide, "DynamoDB item sizes and formats"). Numbers
 * have different sizes in DynamoDB. This function counts the largest size for each number.
 */
export function countItemBytes(item: Readonly<Record<string, AttributeValue>>): number {
  return sum(Object.entries(item).map(([name, value]) => Buffer.byteLength(name) + valueBytes(value)));
}

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return numberBytes;
  if (value.B !== undefined) return value.B.byteLength;
  if (value.L !== undefined) return 3 + sum(value.L.map((member) => 1 + valueBytes(member)));
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + countItemBytes(value.M);
  // Only the types NULL and BOOL remain here, because our items contain no sets. Each value takes one byte.
  return 1;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
