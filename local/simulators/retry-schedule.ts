/** Returns the pauses before the retries of one webhook, in seconds. Each call starts again with the first pause. */
export type RetrySchedule = () => Iterable<number>;

export interface DoublingRetryScheduleOptions {
  /** The pause before the first retry of a webhook, in seconds. */
  first: number;
  /** The longest time between the first sending of a webhook and its last retry, in seconds. */
  giveUpAfter: number;
}

/**
 * Creates a retry schedule in which each pause is twice the pause before. The schedule ends when the next retry would
 * start later than `giveUpAfter`.
 *
 * @example
 * [...createDoublingRetrySchedule({ first: 1, giveUpAfter: 10 })()] // [1, 2, 4]
 */
export function createDoublingRetrySchedule({
  first,
  giveUpAfter,
}: DoublingRetryScheduleOptions): RetrySchedule {
  return function* pauses() {
    let elapsed = first;
    for (let pause = first; elapsed <= giveUpAfter; elapsed += pause) {
      yield pause;
      pause *= 2;
    }
  };
}

/** Shortens a retry schedule to `seconds` in total. A person at a terminal cannot wait a whole day, as IDnow does. */
export function shortenRetrySchedule(seconds: number, schedule: RetrySchedule): RetrySchedule {
  return function* pauses() {
    let elapsed = 0;
    for (const pause of schedule()) {
      elapsed += pause;
      if (elapsed > seconds) return;
      yield pause;
    }
  };
}
