import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeFingerprint } from '../../shared/contract/canonical-json.ts';
import { losesDigits } from '../../shared/parsing/loses-digits.ts';
import { parseUtf8Json } from '../../shared/parsing/parse-utf8-json.ts';

const parse = (json: string) => parseUtf8Json(Buffer.from(json));

/** JSON numbers of many digits, with and without a fraction and an exponent. */
const digits = (minLength: number, maxLength: number) =>
  fc
    .array(fc.constantFrom(...'0123456789'), { minLength, maxLength })
    .map((characters) => characters.join(''));
const longNumbers = fc
  .record({
    sign: fc.constantFrom('', '-'),
    integer: fc.tuple(fc.constantFrom(...'123456789'), digits(0, 25)).map((parts) => parts.join('')),
    fraction: fc.oneof(
      fc.constant(''),
      digits(1, 25).map((text) => `.${text}`),
    ),
    exponent: fc.oneof(
      fc.constant(''),
      fc.integer({ min: -400, max: 400 }).map((power) => `e${power}`),
    ),
  })
  .map(({ sign, integer, fraction, exponent }) => `${sign}${integer}${fraction}${exponent}`);

/** Returns digits and power of ten of a decimal number, so that equal numbers are equal text. */
function exact(number: string): string {
  const [mantissa = '', power = '0'] = number.toLowerCase().split('e');
  const [integer = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const significant = `${integer}${fraction}`.replace(/^0+/, '');
  const trimmed = significant.replace(/0+$/, '');
  const exponent = Number(power) - fraction.length + (significant.length - trimmed.length);
  return trimmed === '' ? '0' : `${number.startsWith('-') ? '-' : ''}${trimmed}e${exponent}`;
}

describe('parseUtf8Json keeps all digits of numbers', () => {
  test.each([
    '12345678901234567890',
    '-12345678901234567890',
    '9007199254740993',
    '123456789012345680001',
    '1000000000000000000000',
    '0.10000000000000000555',
    '12345678.123456789012',
    '1.2345678901234567890e5',
    '1e400',
    '-1E-400',
    '1e0400',
  ])('the number %s, which JavaScript cannot keep, becomes text', (number) => {
    expect(parse(number)).toBe(number);
    expect(parse(` [${number} ,{"a":${number}}]`)).toEqual([number, { a: number }]);
  });

  test.each([
    ['0', 0],
    ['-0', -0],
    ['1.5', 1.5],
    ['1.0', 1],
    ['9007199254740991', 9_007_199_254_740_991],
    ['9007199254740992', 2 ** 53],
    ['100000000000000000000', 1e20],
    ['0.1000000000000000000', 0.1],
    ['0.9876543210987654', 0.9876543210987654],
    ['123456789012345.0', 123_456_789_012_345],
    ['1e21', 1e21],
    ['1.7976931348623157E+308', Number.MAX_VALUE],
    ['5e-324', Number.MIN_VALUE],
    ['0e999', 0],
    ['1e00002', 100],
  ])('the number %s, which JavaScript keeps, stays a number', (number, value) => {
    expect(parse(number)).toBe(value);
    expect(parse(`{"a":[${number}, 12345678901234567890]}`)).toEqual({ a: [value, '12345678901234567890'] });
  });

  test.each([
    '"12345678901234567890"',
    '"a\\":12345678901234567890,\\"b"',
    '"\\\\"',
    '"12345678901234567890\\\\"',
    '"[1e400]"',
    '{"12345678901234567890":1}',
    '{"a":12345678901234567890,"a":"\\\\\\" 1e400"}',
  ])('digits in a string, as in %s, stay unchanged', (json) => {
    const expected: unknown = JSON.parse(json);
    expect(parse(json)).toEqual(expected);
    expect(parse(`[1e400,${json},1e400,${json}]`)).toEqual(['1e400', expected, '1e400', expected]);
  });

  test.each(['01234567890123456789', '12345678901234567890.', '-', '1.2.3456789012345678', '[1e400'])(
    '%s is no JSON',
    (text) => {
      expect(() => parse(text)).toThrow(SyntaxError);
    },
  );

  test('a number in any JSON keeps its exact value, as a number or as text', () => {
    fc.assert(
      fc.property(longNumbers, fc.json(), (number, other) => {
        // Act
        const value = parse(`{"before":${other},"number":${number},"after":${other}}`);
        // Assess
        expect(value).toEqual({
          before: JSON.parse(other),
          number: losesDigits(number) ? number : Number(number),
          after: JSON.parse(other),
        });
        if (!losesDigits(number)) expect(exact(String(Number(number)))).toBe(exact(number));
      }),
    );
  });

  test('JSON that JavaScript has written is parsed as by JSON.parse', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 3 }), (value, indent) => {
        const json = JSON.stringify(value, null, indent);
        expect(parse(json)).toEqual(JSON.parse(json));
      }),
    );
  });

  test.each([
    ['{"id":12345678901234567890}', '{"id":12345678901234567891}'],
    ['{"score":0.10000000000000000555}', '{"score":0.10000000000000000556}'],
    ['[1e400]', '[1e401]'],
  ])('two bodies that differ in the last digit have different fingerprints: %s and %s', (one, other) => {
    expect(computeFingerprint(parse(one))).not.toBe(computeFingerprint(parse(other)));
    expect(computeFingerprint(parse(one))).toBe(computeFingerprint(parse(` ${one}\n`)));
  });

  test('two numbers of different value have different fingerprints, however long they are', () => {
    fc.assert(
      fc.property(longNumbers, longNumbers, (one, other) => {
        fc.pre(exact(one) !== exact(other));
        expect(computeFingerprint(parse(one))).not.toBe(computeFingerprint(parse(other)));
      }),
    );
  });
});

describe('the time to keep digits', () => {
  /** Each text has about 1 MiB and one number that loses digits, so that the whole text is searched for others. */
  const million = 1_000_000;
  test.each<[string, string]>([
    ['one number', `1${'0'.repeat(million)}1.0`],
    ['a fraction of zeros', `0.${'0'.repeat(million)}1`],
    ['a number with zeros before its last digit', `1.${'0'.repeat(million)}1${'0'.repeat(million / 10)}1`],
    ['a string of backslashes', `["${'\\\\'.repeat(million / 2)}",1e400]`],
    ['a string of quotation marks', `["${'\\"'.repeat(million / 2)}",1e400]`],
    ['short numbers', `[${'1,'.repeat(million / 2)}1e400]`],
    ['numbers of 15 digits', `[${'123456789012345,'.repeat(million / 16)}1e400]`],
    ['long numbers', `[${'12345678901234567890,'.repeat(million / 21)}1e400]`],
    ['digits and dots in strings', `[${'"1234567.1234567e",'.repeat(million / 19)}1e400]`],
    ['deeply nested lists', `${'['.repeat(million / 2)}1e400${']'.repeat(million / 2)}`],
  ])('a text of 1 MiB takes less than 5 seconds: %s', (_what, json) => {
    const before = performance.now();
    parse(json);
    expect(performance.now() - before).toBeLessThan(5000);
  });

  test('a string of 20 MiB does not overflow the stack', () => {
    const json = `["${'\\n'.repeat(10_000_000)}",12345678901234567890]`;
    expect(parse(json)).toEqual(['\n'.repeat(10_000_000), '12345678901234567890']);
  });
});
