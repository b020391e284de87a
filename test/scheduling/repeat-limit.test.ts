import { describe, expect, test } from 'vitest';
import { addFailedHint, addRepeatLookup, earliestRepeat } from '../../shared/scheduling/repeat-limit.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 12) + seconds * 1000).toISOString();

describe('the limit of lookups that repeated hints request', () => {
  test.each<[string, number[], number, number | null]>([
    ['the first lookup starts at once', [], 0, null],
    ['the second lookup starts at once', [0], 1, null],
    ['the third lookup starts a minute after the first', [0, 5], 6, 60],
    ['a lookup starts a minute after the last but one', [5, 60], 61, 65],
    ['a lookup starts at once if the last but one is a minute old', [0, 5], 60, null],
    [
      'a clock that was set back delays a lookup by a minute after the recorded time at most',
      [100, 101],
      99,
      160,
    ],
  ])('%s', (_what, lookups, now, expected) => {
    const earliest = earliestRepeat({ repeatLookups: lookups.map(at) }, at(now));
    expect(earliest && Date.parse(earliest)).toBe(expected === null ? null : Date.parse(at(expected)));
  });

  test('only the last two lookups are remembered', () => {
    expect(addRepeatLookup({ repeatLookups: [at(1), at(2)] }, at(3))).toEqual([at(2), at(3)]);
  });

  test('each failed hint is remembered once, the newest last', () => {
    expect(addFailedHint({ failedHints: ['a', 'b'] }, 'a')).toEqual(['b', 'a']);
  });
});
