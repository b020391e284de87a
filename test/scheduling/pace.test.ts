import { describe, expect, test } from 'vitest';
import { addFailedHint, addLook, earliestLook } from '../../shared/scheduling/pace.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 12) + seconds * 1000).toISOString();

describe('the pace at which repetitions of a hint ask the provider', () => {
  test.each<[string, number[], number, number | null]>([
    ['the first look begins at once', [], 0, null],
    ['the second look begins at once', [0], 1, null],
    ['the third look begins a minute after the first', [0, 5], 6, 60],
    ['a look begins a minute after the last but one', [5, 60], 61, 65],
    ['a look begins at once where the last but one is a minute old', [0, 5], 60, null],
    ['looks before a clock was set back delay nothing by more than they are ahead', [100, 101], 99, 160],
  ])('%s', (_what, looks, now, expected) => {
    const earliest = earliestLook({ looks: looks.map(at) }, at(now));
    expect(earliest && Date.parse(earliest)).toBe(expected === null ? null : Date.parse(at(expected)));
  });

  test('remembers the last two looks only', () => {
    expect(addLook({ looks: [at(1), at(2)] }, at(3))).toEqual([at(2), at(3)]);
  });

  test('remembers each failed hint once, the newest last', () => {
    expect(addFailedHint({ failedHints: ['a', 'b'] }, 'a')).toEqual(['b', 'a']);
  });
});
