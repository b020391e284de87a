import { EvidenceError, type FailureKind } from './evidence-error.ts';

/** Waits for a number of milliseconds. Rejects if the signal is aborted first. */
export type WaitFunction = (ms: number, signal: AbortSignal) => Promise<unknown>;

/** A limited number of pauses between repeated calls. All calls of one try of a job share these pauses. */
export interface RetryBudget {
  /**
   * Makes a call. If the call fails with an error of one of these kinds, repeats the call after the next pause, until
   * the budget has no pause left.
   */
  retry<T>(kinds: readonly FailureKind[], call: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

/** The usual pauses between repeated calls. Their sum is 15 seconds. */
const defaultPausesMs = [1000, 2000, 4000, 8000];

/**
 * Makes the budget of pauses for one try of a job. It is for calls whose failure may pass within seconds: a file is not
 * there yet, or a gateway in front of the API restarts.
 */
export function createRetryBudget(
  wait: WaitFunction,
  pausesMs: readonly number[] = defaultPausesMs,
): RetryBudget {
  const pausesLeft = [...pausesMs];
  return {
    async retry(kinds, call, signal) {
      for (;;) {
        try {
          return await call();
        } catch (error) {
          const mayPass = error instanceof EvidenceError && kinds.includes(error.kind);
          const pause = mayPass ? pausesLeft.shift() : undefined;
          if (pause === undefined) throw error;
          await wait(pause, signal);
        }
      }
    },
  };
}
