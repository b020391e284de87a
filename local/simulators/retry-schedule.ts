/** Returns the pauses before each retry, in seconds. Each call starts a new sequence, for one delivery. */
export type RetrySchedule = () => Iterable<number>;

export interface DoublingOptions {
  /** The pause before the first retry, in seconds. */
  first: number;
  /** The time after the first try in which retries may start, in seconds. */
  giveUpAfter: number;
}

/**
 * Creates a schedule whose pause doubles each time. The schedule ends when the next retry would exceed `giveUpAfter`.
 *
 * @example
 * [...doublingPauses({ first: 1, giveUpAfter: 10 })()] // [1, 2, 4]
 */
export function doublingPauses({ first, giveUpAfter }: DoublingOptions): RetrySchedule {
  return function* pauses() {
    let elapsed = first;
    for (let pause = first; elapsed <= giveUpAfter; elapsed += pause) {
      yield pause;
      pause *= 2;
    }
  };
}

/** Limits the total time of a schedule, because a person at a terminal does not wait a day. */
export function limitSchedule(seconds: number, schedule: RetrySchedule): RetrySchedule {
  return function* pauses() {
    let elapsed = 0;
    for (const pause of schedule()) {
      elapsed += pause;
      if (elapsed > seconds) return;
      yield pause;
    }
  };
}
