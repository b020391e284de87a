import { expect, test } from 'vitest';
import { computeMedian, computeMedianOfRatios } from '../../local/bench/numbers/statistics.ts';

test.each<[string, number[], number]>([
  ['one value', [7], 7],
  ['an odd number of values, in any order', [10, 2, 9], 9],
  ['an even number of values: the mean of the two in the middle', [1, 100, 4, 2], 3],
  ['an outlier does not move the median', [1, 1, 1, 1, 1_000_000], 1],
])('the median of %s', (_title, values, median) => {
  expect(computeMedian(values)).toBe(median);
});

test('the median does not change the order of the values that it gets', () => {
  const values = [3, 1, 2];
  computeMedian(values);
  expect(values).toEqual([3, 1, 2]);
});

test('no values have no median', () => {
  expect(() => computeMedian([])).toThrow(RangeError);
});

test('the median of ratios compares the two values of each pair, not the medians of both sides', () => {
  // Prepare: in the second pair, another program slows both sides.
  const pairs = [
    [2, 1],
    [300, 100],
    [8, 2],
  ] as const;
  expect(computeMedianOfRatios(pairs)).toBe(3);
});
