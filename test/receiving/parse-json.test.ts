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
  ])('%s is JSON', (_title, body, value) => {
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
  ])('%s is not JSON', (_title, body) => {
    expect(parseJson(body)).toEqual({ kind: 'not-json' });
  });

  test.each<[number, string]>([
    [1, 'json'],
    [64, 'json'],
    [65, 'too-deep'],
    [10_000, 'too-deep'],
    [500_000, 'too-deep'],
  ])('a body with %d nested levels is %s', (levels, kind) => {
    expect(parseJson(nested(levels)).kind).toBe(kind);
  });

  test('levels of objects count like levels of lists', () => {
    const deep = `{"identificationprocess":${'{"a":['.repeat(32)}${']}'.repeat(32)}}`;
    expect(parseJson(bytes(deep)).kind).toBe('too-deep');
  });

  test('a body of one megabyte is JSON', () => {
    const wide = bytes(`[${'0,'.repeat(524_000)}0]`);
    expect(parseJson(wide).kind).toBe('json');
  });

  test('parseJson returns the same value as JSON.parse for any JSON', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (json) => {
        expect(parseJson(Buffer.from(json))).toEqual({ kind: 'json', value: JSON.parse(json) });
      }),
    );
  });

  test('parseJson never throws for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (body) => ['json', 'not-json', 'too-deep'].includes(parseJson(body).kind)),
    );
  });
});
