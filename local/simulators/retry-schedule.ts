/** The pauses in seconds before each retry; a fresh sequence for every delivery. */
export type RetrySchedule = () => Iterable<number>;

export interface DoublingOptions {
  /** Seconds before the first retry. */
  first: number;
  /** Seconds after the first try in which a retry may still happen. */
  giveUpAfter: number;
}

/**
 * Pauses that double each time, for as long as they fit into the total.
 *
 * @example
 * [...doubling({ first: 1, giveUpAfter: 10 })()] // [1, 2, 4]
 */
export function doubling({ first, giveUpAfter }: DoublingOptions): RetrySchedule {
  return function* pauses() {
    let elapsed = first;
    for (let pause = first; elapsed <= giveUpAfter; elapsed += pause) {
      yield pause;
      pause *= 2;
    }
  };
}

/** Cuts a schedule short, for someone who watches and would not wait a day. */
export function within(seconds: number, schedule: RetrySchedule): RetrySchedule {
  return function* pauses() {
    let elapsed = 0;
    for (const pause of schedule()) {
      elapsed += pause;
      if (elapsed > seconds) return;
      yield pause;
    }
  };
}
