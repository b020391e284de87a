import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countSqsBodyBytes, escapeForSqs } from '../../shared/platform/escape-for-sqs.ts';

/** The characters that AWS documents for SQS, except those above U+FFFF: the SQS emulator fauxqs refuses them. */
const legalEverywhere = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}]*$/u;

const anyText = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    fc.constantFrom('\\', '"', '\\u', '\uFFFE', '\uFFFF', '\uD83D', '\uDE00', '😀', '𠮷'),
  ),
});

describe('escapeForSqs', () => {
  test.each([
    ['an emoji', '😀', '"\\ud83d\\ude00"', 14],
    ['a Chinese character above U+FFFF', '𠮷', '"\\ud842\\udfb7"', 14],
    ['U+FFFF', '\uFFFF', '"\\uffff"', 8],
    ['U+FFFE', '\uFFFE', '"\\ufffe"', 8],
    ['U+FFFD, which SQS accepts', '\uFFFD', '"\uFFFD"', 5],
    ['a lone surrogate', '\uD83D', '"\\ud83d"', 8],
    ['a control character', '\u0001', '"\\u0001"', 8],
    ['a letter with two bytes', 'é', '"é"', 4],
    ['text that looks like an escape', '\\uffff', '"\\\\uffff"', 9],
  ])(
    'escaped text has only characters that SQS accepts, and its bytes are counted with the escapes: %s',
    (_title, value, text, bytes) => {
      // Act
      const json = JSON.stringify(value);

      // Assess
      expect(escapeForSqs(json)).toBe(text);
      expect(countSqsBodyBytes(json)).toBe(bytes);
    },
  );

  test('escaped JSON has only legal characters, has the same value, and does not change if it is escaped again', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const text = escapeForSqs(JSON.stringify(value));
        expect(text).toMatch(legalEverywhere);
        expect(JSON.parse(text)).toBe(value);
        expect(escapeForSqs(text)).toBe(text);
        expect(countSqsBodyBytes(text)).toBe(Buffer.byteLength(text));
      }),
    );
  });
});
