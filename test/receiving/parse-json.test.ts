import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../../shared/receiving/parse-json.ts';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));
const nested = (levels: number) => Buffer.from(`${'['.repeat(levels)}${']'.repeat(levels)}`);

describe('a body', () => {
  test.each<[string, Uint8Array, unknown]>([
    ['an object', bytes('{"a":[1,"é"]}'), { a: [1, 'é'] }],
    ['with white space around it', bytes(' \r\n\t{"a":1}\n'), { a: 1 }],
    ['with a byte order mark', bytes([0xef, 0xbb, 0xbf], '{"a":1}'), { a: 1 }],
    ['no more than null', bytes('null'), null],
    ['no more than a number', bytes('1e3'), 1000],
    ['with a lone surrogate, escaped', bytes('"\\ud800"'), '\ud800'],
    ['with the same key twice', bytes('{"a":1,"a":2}'), { a: 2 }],
  ])('%s is JSON', (_what, body, value) => {
    expect(parseJson(body)).toEqual({ kind: 'json', value });
  });

  test.each<[string, Uint8Array]>([
    ['that is empty', bytes('')],
    ['of white space', bytes(' \n')],
    ['of a byte order mark alone', bytes([0xef, 0xbb, 0xbf])],
    ['with two byte order marks', bytes([0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf], '{}')],
    ['cut off', bytes('{"a":1')],
    ['with something after it', bytes('{} {}')],
    ['of a form', bytes('a=1&b=2')],
    ['of XML', bytes('<a/>')],
    ['with a comment', bytes('{/* a */}')],
    ['with a comma too many', bytes('{"a":1,}')],
    ['with NaN', bytes('NaN')],
    ['with an invalid byte', bytes('{"a":"', [0xff], '"}')],
    ['in Latin 1', bytes('{"a":"', [0xfc], '"}')],
    ['with an overlong slash', bytes('"', [0xc0, 0xaf], '"')],
    ['with a surrogate in UTF-8', bytes('"', [0xed, 0xa0, 0x80], '"')],
    ['with a character cut off', bytes('{"a":"', [0xe2, 0x82], '"}')],
    ['in UTF-16', Buffer.from('\ufeff{}', 'utf16le')],
    ['with a line end in a text', bytes('"a\nb"')],
  ])('%s is not', (_what, body) => {
    expect(parseJson(body)).toEqual({ kind: 'not-json' });
  });

  test.each<[number, string]>([
    [1, 'json'],
    [64, 'json'],
    [65, 'too-deep'],
    [10_000, 'too-deep'],
    [500_000, 'too-deep'],
  ])('of %d levels is %s', (levels, kind) => {
    expect(parseJson(nested(levels)).kind).toBe(kind);
  });

  test('counts levels of objects as those of lists, under any key', () => {
    const deep = `{"identificationprocess":${'{"a":['.repeat(32)}${']}'.repeat(32)}}`;
    expect(parseJson(bytes(deep)).kind).toBe('too-deep');
  });

  test('of a megabyte is read', () => {
    const wide = bytes(`[${'0,'.repeat(524_000)}0]`);
    expect(parseJson(wide).kind).toBe('json');
  });

  test('comes back as it was written', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (json) => {
        expect(parseJson(Buffer.from(json))).toEqual({ kind: 'json', value: JSON.parse(json) });
      }),
    );
  });

  test('of any bytes never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (body) => ['json', 'not-json', 'too-deep'].includes(parseJson(body).kind)),
    );
  });
});
