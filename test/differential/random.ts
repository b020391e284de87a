/** A pseudorandom generator (mulberry32). The same seed gives the same numbers. */
export interface Chance {
  /** Returns a random integer from 0 to `below` - 1. */
  below(below: number): number;
  /** Returns true at random, once in `times` calls on average. */
  onceIn(times: number): boolean;
  /** Returns a random member of a list. */
  pick<T>(from: readonly [T, ...T[]]): T;
}

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  return {
    below,
    onceIn: (times) => below(times) === 0,
    pick: (from) => from[below(from.length)] ?? from[0],
  };
}
