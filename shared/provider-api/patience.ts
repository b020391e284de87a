import { EvidenceError, type FailureKind } from './evidence-error.ts';

/** Rejects where the signal is aborted first. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<unknown>;

/** The pauses that may be made in a try of a job: shared by all that is asked with them. */
export interface Patience {
  /** Asks again after a failure of these kinds, as long as there are pauses left. */
  ask<T>(kinds: readonly FailureKind[], attempt: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

/** 15 seconds in all. */
const pausesMs = [1000, 2000, 4000, 8000];

/**
 * For answers that may be of the moment: something in front of the API is being exchanged, a file is not there yet.
 * Within a try, because how often a job has been tried says nothing of how often it was answered so.
 */
export function patience(wait: Wait, pauses: readonly number[] = pausesMs): Patience {
  const left = [...pauses];
  return {
    async ask(kinds, attempt, signal) {
      for (;;) {
        try {
          return await attempt();
        } catch (error) {
          const mayPass = error instanceof EvidenceError && kinds.includes(error.kind);
          const pause = mayPass ? left.shift() : undefined;
          if (pause === undefined) throw error;
          await wait(pause, signal);
        }
      }
    },
  };
}
