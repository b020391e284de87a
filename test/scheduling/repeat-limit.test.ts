import { describe, expect, test } from 'vitest';
import {
  computeEarliestLookupStart,
  rememberFailedHint,
  rememberLookupForRepeatedHint,
} from '../../shared/scheduling/repeat-limit.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 12) + seconds * 1000).toISOString();

describe('earliestRepeatLookup', () => {
  test.each<[string, number[], number, number | null]>([
    ['the first lookup for repeated hints starts at once', [], 0, null],
    ['the second lookup for repeated hints starts at once', [0], 1, null],
    ['the third lookup for repeated hints starts a minute after the first', [0, 5], 6, 60],
    ['a lookup for repeated hints starts a minute after the second to last', [5, 60], 61, 65],
    ['a lookup for repeated hints starts at once if the second to last is a minute old', [0, 5], 60, null],
    [
      'after a clock is set back, a lookup waits at most until a minute after the recorded time',
      [100, 101],
      99,
      160,
    ],
  ])('lookups for repeated hints start at most twice a minute: %s', (_what, lookups, now, expected) => {
    const earliest = computeEarliestLookupStart({ repeatLookups: lookups.map(at) }, at(now));
    expect(earliest && Date.parse(earliest)).toBe(expected === null ? null : Date.parse(at(expected)));
  });

  test('the schedule of a verification remembers only the last two lookups for repeated hints', () => {
    expect(rememberLookupForRepeatedHint({ repeatLookups: [at(1), at(2)] }, at(3))).toEqual([at(2), at(3)]);
  });

  test('the schedule of a verification remembers each failed hint once, and the newest hint last', () => {
    expect(rememberFailedHint({ failedHints: ['a', 'b'] }, 'a')).toEqual(['b', 'a']);
  });
});
