/** How many webhooks make a block whose rate is compared with another's. */
export const blockSize = 1_000;

/** Rates of the first and the last full block of webhooks, in webhooks a second. */
export interface Comparison {
  readonly first: number;
  readonly last: number;
  readonly ratio: number;
}

/** Notes when each thousandth webhook was answered, which is all that a comparison of rates needs. */
export class Throughput {
  readonly #blockSize: number;
  readonly #marks: number[];
  #count = 0;

  /** @param startedAt milliseconds, on the clock of `add` */
  constructor(startedAt: number, size = blockSize) {
    this.#blockSize = size;
    this.#marks = [startedAt];
  }

  add(at: number): void {
    this.#count += 1;
    if (this.#count % this.#blockSize === 0) this.#marks.push(at);
  }

  /** Null while there are not two full blocks. */
  compare(): Comparison | null {
    const [start, end] = this.#marks;
    const [lastStart, lastEnd] = this.#marks.slice(-2);
    if (this.#marks.length < 3 || start === undefined || end === undefined) return null;
    if (lastStart === undefined || lastEnd === undefined) return null;
    const rate = (from: number, to: number) => this.#blockSize / ((to - from) / 1000);
    const [first, last] = [rate(start, end), rate(lastStart, lastEnd)];
    return { first, last, ratio: last / first };
  }
}
