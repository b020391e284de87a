import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeFingerprint, toCanonicalJson } from '../../shared/contract/canonical-json.ts';

describe('toCanonicalJson', () => {
  test.each<[string, unknown, string]>([
    ['sorts the keys', { b: 1, a: { d: 2, c: 3 } }, '{"a":{"c":3,"d":2},"b":1}'],
    [
      'sorts keys by code units, after keys that are array indexes',
      { é: 1, z: 2, Z: 3, '10': 4, '9': 5 },
      '{"9":5,"10":4,"Z":3,"z":2,"é":1}',
    ],
    ['keeps the order of a list', [{ b: 1, a: 2 }, 3, 1], '[{"a":2,"b":1},3,1]'],
    ['writes numbers as JavaScript does', [1.0, 1e2, -0], '[1,100,0]'],
    ['keeps null', { a: null }, '{"a":null}'],
    ['escapes a lone surrogate', '\ud800', '"\\ud800"'],
  ])('the output format of toCanonicalJson is fixed: it %s', (_what, value, expected) => {
    expect(toCanonicalJson(value)).toBe(expected);
  });

  test('toCanonicalJson keeps a key named __proto__', () => {
    const value: unknown = JSON.parse('{"a":1,"__proto__":{"c":1,"b":2}}');
    expect(toCanonicalJson(value)).toBe('{"__proto__":{"b":2,"c":1},"a":1}');
    expect(Reflect.get({}, 'b')).toBeUndefined();
  });

  test('parsing canonical JSON returns the original value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const { value: normalized } = JSON.parse(JSON.stringify({ value }));
        expect(JSON.parse(toCanonicalJson(value))).toEqual(normalized);
      }),
    );
  });
});

describe('fingerprint', () => {
  test('a fingerprint is the first 16 bytes of the SHA-256 of the canonical JSON', () => {
    // The expected hash is computed with: printf '{"a":1,"b":2}' | openssl dgst -sha256 -binary | head -c 16 | base64
    // A fingerprint is base64url: it has - instead of +, _ instead of /, and no = at the end.
    expect(computeFingerprint({ b: 2, a: 1 })).toBe('QyWM_3g_5wNtikMDP4MK3w');
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
  ])('different JSON values have different fingerprints: %j and %j', (one, other) => {
    expect(computeFingerprint(one)).not.toBe(computeFingerprint(other));
  });
});
