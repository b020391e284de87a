/** Returns the median. Of an even number of values, it is the mean of the two in the middle. @throws RangeError if there is none */
export function computeMedian(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [below, above] = [sorted[middle - 1], sorted[middle]];
  if (above === undefined) throw new RangeError('No values have no median');
  return sorted.length % 2 === 1 || below === undefined ? above : (below + above) / 2;
}

/**
 * Returns the median of the ratios of pairs. The two values of a pair are measured one right after the other, so
 * another program on the machine slows both.
 */
export function computeMedianOfRatios(pairs: readonly (readonly [number, number])[]): number {
  return computeMedian(pairs.map(([ours, reference]) => ours / reference));
}
