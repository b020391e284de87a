import { setTimeout as delay } from 'node:timers/promises';

const firstDelayMs = 100;
const longestDelayMs = 3_000;

/**
 * Waits between two tries: 100 ms, then twice as long each time, up to 3 s. Lambda's own waits are longer;
 * short ones keep a laptop's feedback quick, and the doubling keeps a failing function from burning a core.
 */
export class BackOff {
  #failures = 0;

  reset(): void {
    this.#failures = 0;
  }

  /** Returns early, without an error, when the signal aborts. */
  async wait(signal: AbortSignal): Promise<void> {
    const ms = Math.min(firstDelayMs * 2 ** this.#failures, longestDelayMs);
    this.#failures += 1;
    await pause(ms, signal);
  }
}

/** A delay that an abort ends early instead of turning it into an error. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}
