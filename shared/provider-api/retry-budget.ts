import { EvidenceError, type FailureKind } from './evidence-error.ts';

/** Waits. Rejects if the signal is aborted first. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<unknown>;

/** The pauses that all calls of one try of a job share. */
export interface RetryBudget {
  /** Calls, and calls again after failures of these kinds while the budget has pauses left. */
  retry<T>(kinds: readonly FailureKind[], call: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

/** Together 15 seconds. */
const defaultPausesMs = [1000, 2000, 4000, 8000];

/**
 * Makes a budget for repeating calls whose failure may pass within seconds: a file may not be there yet, or a gateway in
 * front of the API restarts. The budget belongs to one try of a job, because the number of tries does not show how often
 * a call failed in this way.
 */
export function retryBudget(wait: Wait, pausesMs: readonly number[] = defaultPausesMs): RetryBudget {
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
