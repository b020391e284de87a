import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { restoreRawBody, storeRawBody } from '../../shared/verifications/raw-body.ts';
import { anyCharacter } from '../support/any-character.ts';

/** Bytes of bodies: any bytes, valid UTF-8, and both after a byte order mark. */
const anyBody = fc
  .tuple(
    fc.constantFrom([], [0xef, 0xbb, 0xbf], [0xff, 0xfe]),
    fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: anyCharacter }).map((text) => new Uint8Array(Buffer.from(text))),
    ),
  )
  .map(([mark, bytes]) => Uint8Array.from([...mark, ...bytes]));

const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test('any bytes of a body are restored exactly', () => {
  fc.assert(
    fc.property(anyBody, (bytes) => {
      // Act
      const stored = JSON.parse(JSON.stringify(storeRawBody(bytes)));
      // Assess
      expect(toHex(restoreRawBody(stored))).toBe(toHex(bytes));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['JSON', Buffer.from('{"name":"Müller"}')],
  ['an empty body', Buffer.from('')],
  ['text after a byte order mark', Buffer.from('\ufeff{}')],
])('a body that is valid UTF-8 is stored as text: %s', (_title, bytes) => {
  expect(storeRawBody(bytes)).toEqual({ kind: 'text', text: bytes.toString() });
});

test.each([
  ['a byte that never occurs in UTF-8', [0x7b, 0xff]],
  ['a character that is cut off', [0xe2, 0x82]],
  ['a surrogate', [0xed, 0xa0, 0x80]],
])('a body that is not valid UTF-8 is stored as base64: %s', (_title, bytes) => {
  expect(storeRawBody(Uint8Array.from(bytes))).toEqual({
    kind: 'base64',
    base64: Buffer.from(bytes).toString('base64'),
  });
});

test('a body that is a part of a larger buffer is stored without the bytes around it', () => {
  const buffer = Buffer.from('before{}after');
  expect(storeRawBody(buffer.subarray(6, 8))).toEqual({ kind: 'text', text: '{}' });
});
