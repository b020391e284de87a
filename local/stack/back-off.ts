import { setTimeout as delay } from 'node:timers/promises';

const firstDelayMs = 100;
const longestDelayMs = 3_000;

/**
 * Waits between two tries: first 100 ms, then twice as long each time, up to 3 s. The longer waits limit the CPU time
 * of a function that always fails. Lambda waits longer, but a developer should not have to wait for a retry.
 */
export class RetryBackOff {
  #failures = 0;

  reset(): void {
    this.#failures = 0;
  }

  /** Waits before the next try. Returns early, without an error, if the signal aborts. */
  async wait(signal: AbortSignal): Promise<void> {
    const ms = Math.min(firstDelayMs * 2 ** this.#failures, longestDelayMs);
    this.#failures += 1;
    await sleepUnlessAborted(ms, signal);
  }
}

/** Waits for a number of milliseconds. Returns early, without an error, if the signal aborts. */
export async function sleepUnlessAborted(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}
