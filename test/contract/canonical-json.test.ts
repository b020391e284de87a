import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, fingerprint } from '../../shared/contract/canonical-json.ts';

describe('canonical JSON', () => {
  test.each<[string, unknown, string]>([
    ['keys in any order', { b: 1, a: { d: 2, c: 3 } }, '{"a":{"c":3,"d":2},"b":1}'],
    [
      'keys by their code units, those that are indexes first',
      { é: 1, z: 2, Z: 3, '10': 4, '9': 5 },
      '{"9":5,"10":4,"Z":3,"z":2,"é":1}',
    ],
    ['lists as they are', [{ b: 1, a: 2 }, 3, 1], '[{"a":2,"b":1},3,1]'],
    ['numbers as JavaScript has them', [1.0, 1e2, -0], '[1,100,0]'],
    ['null', { a: null }, '{"a":null}'],
    ['half a character, escaped', '\ud800', '"\\ud800"'],
  ])('writes %s', (_what, value, expected) => {
    expect(canonicalJson(value)).toBe(expected);
  });

  test('keeps a key named __proto__ a key', () => {
    const value: unknown = JSON.parse('{"a":1,"__proto__":{"c":1,"b":2}}');
    expect(canonicalJson(value)).toBe('{"__proto__":{"b":2,"c":1},"a":1}');
    expect(Reflect.get({}, 'b')).toBeUndefined();
  });

  test('says what the value says', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const { value: normalized } = JSON.parse(JSON.stringify({ value }));
        expect(JSON.parse(canonicalJson(value))).toEqual(normalized);
      }),
    );
  });
});

describe('a fingerprint', () => {
  test('is the SHA-256 of the canonical JSON', () => {
    // printf '{"a":1,"b":2}' | openssl dgst -sha256 -binary | base64, with - for + and _ for /
    expect(fingerprint({ b: 2, a: 1 })).toBe('QyWM_3g_5wNtikMDP4MK38YOwDc4JHNUisdCuIgpJ3c');
  });

  test.each([
    [{ a: 1 }, { a: '1' }],
    [{ a: 1 }, { a: 1, b: null }],
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: { b: 1 } }, { a: 1, b: 1 }],
    ['é', 'e\u0301'],
  ])('tells %j from %j', (one, other) => {
    expect(fingerprint(one)).not.toBe(fingerprint(other));
  });
});
