import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../../shared/receiving/parse-json.ts';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));
const nested = (levels: number) => Buffer.from(`${'['.repeat(levels)}${']'.repeat(levels)}`);

describe('parseJson', () => {
  test.each<[string, Uint8Array, unknown]>([
    ['a body with an object', bytes('{"a":[1,"é"]}'), { a: [1, 'é'] }],
    ['a body with white space around its object', bytes(' \r\n\t{"a":1}\n'), { a: 1 }],
    ['a body with a byte order mark', bytes([0xef, 0xbb, 0xbf], '{"a":1}'), { a: 1 }],
    ['a body with only null', bytes('null'), null],
    ['a body with only a number', bytes('1e3'), 1000],
    ['a body with an escaped lone surrogate', bytes('"\\ud800"'), '\ud800'],
    ['a body with a duplicate key', bytes('{"a":1,"a":2}'), { a: 2 }],
  ])('parseJson reads JSON: %s', (_title, body, value) => {
    expect(parseJson(body)).toEqual({ kind: 'json', value });
  });

  test.each<[string, Uint8Array]>([
    ['an empty body', bytes('')],
    ['a body of white space', bytes(' \n')],
    ['a body of only a byte order mark', bytes([0xef, 0xbb, 0xbf])],
    ['a body with two byte order marks', bytes([0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf], '{}')],
    ['a truncated body', bytes('{"a":1')],
    ['a body with text after its object', bytes('{} {}')],
    ['a form body', bytes('a=1&b=2')],
    ['an XML body', bytes('<a/>')],
    ['a body with a comment', bytes('{/* a */}')],
    ['a body with a trailing comma', bytes('{"a":1,}')],
    ['a body with NaN', bytes('NaN')],
    ['a body with an invalid byte', bytes('{"a":"', [0xff], '"}')],
    ['a body in ISO-8859-1', bytes('{"a":"', [0xfc], '"}')],
    ['a body with an overlong UTF-8 slash', bytes('"', [0xc0, 0xaf], '"')],
    ['a body with a surrogate in UTF-8', bytes('"', [0xed, 0xa0, 0x80], '"')],
    ['a body with a truncated character', bytes('{"a":"', [0xe2, 0x82], '"}')],
    ['a body in UTF-16', Buffer.from('\ufeff{}', 'utf16le')],
    ['a body with a line end in a string', bytes('"a\nb"')],
  ])('parseJson refuses a body that is not JSON in UTF-8: %s', (_title, body) => {
    expect(parseJson(body)).toEqual({ kind: 'not-json' });
  });

  test.each<[number, string]>([
    [1, 'json'],
    [64, 'json'],
    [65, 'too-deep'],
    [10_000, 'too-deep'],
    [500_000, 'too-deep'],
  ])(
    'parseJson refuses a body with more than 64 nested levels: a body with %d levels is %s',
    (levels, kind) => {
      expect(parseJson(nested(levels)).kind).toBe(kind);
    },
  );

  test('parseJson counts nested objects like nested lists', () => {
    const deep = `{"identificationprocess":${'{"a":['.repeat(32)}${']}'.repeat(32)}}`;
    expect(parseJson(bytes(deep)).kind).toBe('too-deep');
  });

  test('parseJson keeps all digits of a number, as text, also in a body that is nested deeply', () => {
    const body = (levels: number) =>
      Buffer.from(`${'['.repeat(levels)}0.10000000000000000555${']'.repeat(levels)}`);
    expect(parseJson(body(1))).toEqual({ kind: 'json', value: ['0.10000000000000000555'] });
    expect(parseJson(body(500_000)).kind).toBe('too-deep');
  });

  test('parseJson reads a body of one megabyte', () => {
    const wide = bytes(`[${'0,'.repeat(524_000)}0]`);
    expect(parseJson(wide).kind).toBe('json');
  });

  test('for any JSON, parseJson returns the same value as JSON.parse', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (json) => {
        expect(parseJson(Buffer.from(json))).toEqual({ kind: 'json', value: JSON.parse(json) });
      }),
    );
  });

  test('parseJson never throws, whatever bytes it gets', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (body) => ['json', 'not-json', 'too-deep'].includes(parseJson(body).kind)),
    );
  });
});
