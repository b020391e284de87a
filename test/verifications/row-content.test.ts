import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeRowContent, encodeRowContent } from '../../shared/verifications/row-content.ts';
import { anyCharacter } from '../support/any-character.ts';

test('content that is encoded and decoded is the same JSON', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: anyCharacter }), fc.jsonValue()), (content) => {
      expect(decodeRowContent(encodeRowContent(content))).toEqual(JSON.parse(JSON.stringify(content)));
    }),
  );
});

test('repeated names and values take little space', () => {
  const content = Array.from({ length: 100 }, (_, sequence) => ({ outcome: 'approved', sequence }));
  expect(encodeRowContent(content).byteLength).toBeLessThan(JSON.stringify(content).length / 5);
});

test.each([
  ['no gzip', Buffer.from('{}')],
  ['no JSON', gzipSync('not JSON')],
  ['gzip that is cut off', gzipSync('{"a":"some text"}').subarray(0, 20)],
  ['more than 16 MiB when decompressed', gzipSync(`"${'x'.repeat(16 * 1024 * 1024)}"`)],
])('content that this project has not written is refused: %s', (_title, bytes) => {
  expect(() => decodeRowContent(bytes)).toThrow();
});
