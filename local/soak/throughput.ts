/** The number of webhooks in a block. The soak compares the rates of the first and the last block. */
export const throughputBlockSize = 1_000;

/** The rates in the first and in the last full block of a thousand webhooks, in webhooks per second. */
export interface ThroughputComparison {
  readonly first: number;
  readonly last: number;
  readonly ratio: number;
}

/** Measures the rate of answered webhooks in blocks of a thousand. Stores only the time at which each block ends. */
export class ThroughputMeter {
  readonly #blockSize: number;
  readonly #marks: number[];
  #count = 0;

  /** @param startedAt milliseconds, from the same clock as the times given to `add` */
  constructor(startedAt: number, size = throughputBlockSize) {
    this.#blockSize = size;
    this.#marks = [startedAt];
  }

  add(at: number): void {
    this.#count += 1;
    if (this.#count % this.#blockSize === 0) this.#marks.push(at);
  }

  /**
   * Compares the rate of webhooks in the first block with the rate in the last full block. Each block is a thousand
   * webhooks.
   * @returns null if fewer than two blocks are full
   */
  compare(): ThroughputComparison | null {
    const [start, end] = this.#marks;
    const [lastStart, lastEnd] = this.#marks.slice(-2);
    if (this.#marks.length < 3 || start === undefined || end === undefined) return null;
    if (lastStart === undefined || lastEnd === undefined) return null;
    const rate = (from: number, to: number) => this.#blockSize / ((to - from) / 1000);
    const [first, last] = [rate(start, end), rate(lastStart, lastEnd)];
    return { first, last, ratio: last / first };
  }
}
