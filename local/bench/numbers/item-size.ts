import * as z from 'zod';

/** An attribute value of DynamoDB in JSON: numbers are text, and bytes are base64 text. */
export type JsonAttribute =
  | { S: string }
  | { N: string }
  | { B: string }
  | { BOOL: boolean }
  | { NULL: boolean }
  | { L: JsonAttribute[] }
  | { M: JsonItem }
  | { SS: string[] }
  | { NS: string[] }
  | { BS: string[] };
export type JsonItem = { [name: string]: JsonAttribute };

const Attribute: z.ZodType<JsonAttribute> = z.lazy(() =>
  z.union([
    z.strictObject({ S: z.string() }),
    z.strictObject({ N: z.string() }),
    z.strictObject({ B: z.string() }),
    z.strictObject({ BOOL: z.boolean() }),
    z.strictObject({ NULL: z.boolean() }),
    z.strictObject({ L: z.array(Attribute) }),
    z.strictObject({ M: JsonItem }),
    z.strictObject({ SS: z.array(z.string()) }),
    z.strictObject({ NS: z.array(z.string()) }),
    z.strictObject({ BS: z.array(z.string()) }),
  ]),
);
export const JsonItem: z.ZodType<JsonItem> = z.record(z.string(), Attribute);

/**
 * Returns the size of an item in bytes, by the rules that AWS documents:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function countExactItemBytes(item: JsonItem): number {
  const sizes = Object.entries(item).map(([name, value]) => Buffer.byteLength(name) + countValueBytes(value));
  return sum(sizes);
}

/** A list or a map takes 3 bytes, and one more byte for each of its elements. */
const containerBytes = 3;
const elementBytes = 1;

function countValueBytes(value: JsonAttribute): number {
  if ('S' in value) return Buffer.byteLength(value.S);
  if ('N' in value) return countNumberBytes(value.N);
  if ('B' in value) return Buffer.byteLength(value.B, 'base64');
  if ('L' in value) return containerBytes + sum(value.L.map((each) => elementBytes + countValueBytes(each)));
  if ('M' in value) {
    return containerBytes + elementBytes * Object.keys(value.M).length + countExactItemBytes(value.M);
  }
  if ('SS' in value) return sum(value.SS.map((each) => Buffer.byteLength(each)));
  if ('NS' in value) return sum(value.NS.map(countNumberBytes));
  if ('BS' in value) return sum(value.BS.map((each) => Buffer.byteLength(each, 'base64')));
  return 1;
}

/** A number takes one byte for every two significant digits, and one more byte. Zeros at both ends do not count. */
function countNumberBytes(number: string): number {
  const [mantissa = ''] = number.toLowerCase().split('e');
  const significant = mantissa.replace(/[-+.]/g, '').replace(/^0+|0+$/g, '');
  return Math.ceil(significant.length / 2) + 1;
}

const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
