import { expect, test } from 'vitest';
import {
  countReadUnits,
  countReplacementUnits,
  countWriteUnits,
} from '../../local/bench/numbers/capacity.ts';
import { countExactItemBytes, type JsonItem } from '../../local/bench/numbers/item-size.ts';

/** Each item has the attribute name `n`, which takes one byte. */
test.each<[string, JsonItem, number]>([
  ['text counts UTF-8 bytes', { n: { S: 'Müller' } }, 1 + 7],
  ['a name counts UTF-8 bytes', { ü: { S: '' } }, 2],
  ['bytes count without base64', { n: { B: Buffer.alloc(100).toString('base64') } }, 1 + 100],
  ['a number counts two digits per byte, and one byte', { n: { N: '12345' } }, 1 + 3 + 1],
  ['zeros at both ends of a number do not count', { n: { N: '-00120.500' } }, 1 + 2 + 1],
  ['zeros at the end of a whole number do not count', { n: { N: '1700000000' } }, 1 + 1 + 1],
  ['true, false and null count one byte', { n: { BOOL: false }, o: { NULL: true } }, 1 + 1 + 1 + 1],
  ['an empty list counts 3 bytes', { n: { L: [] } }, 1 + 3],
  ['each element of a list counts one more byte', { n: { L: [{ S: 'ab' }, { S: 'c' }] } }, 1 + 3 + 3 + 2],
  [
    'a map counts names, values and one byte per entry',
    { n: { M: { ab: { S: 'cde' } } } },
    1 + 3 + 1 + 2 + 3,
  ],
  ['a set counts its elements', { n: { SS: ['ab', 'cde'] }, o: { NS: ['1', '22'] } }, 1 + 5 + 1 + 2 + 2],
])('the size of an item: %s', (_title, item, bytes) => {
  expect(countExactItemBytes(item)).toBe(bytes);
});

test.each([
  [0, 1],
  [1, 1],
  [1024, 1],
  [1025, 2],
  [3727, 4],
])('a write of %i bytes takes %i write units', (bytes, units) => {
  expect(countWriteUnits(bytes)).toBe(units);
});

test.each([
  [0, 1],
  [4096, 1],
  [4097, 2],
])('a consistent read of %i bytes takes %i read units', (bytes, units) => {
  expect(countReadUnits(bytes)).toBe(units);
});

test('a write that replaces an item takes the units of the larger item', () => {
  expect(countReplacementUnits(300 * 1024, 310 * 1024)).toBe(310);
  expect(countReplacementUnits(310 * 1024, 300 * 1024)).toBe(310);
});
