import { EvidenceError } from '../provider-api/evidence-error.ts';

/** How fast a provider may be asked. */
export interface LookupPace {
  /** The pause before each lookup, in milliseconds. */
  readonly pauseMs: number;
  readonly wait: (ms: number) => Promise<unknown>;
}

/** The number of times that a lookup is repeated because the provider asked us to slow down. */
const maxRepeats = 3;
/** The pause if the provider does not say for how long to wait, in milliseconds. */
const defaultPauseMs = 10_000;

/**
 * Looks up a case after a pause. If the provider asks us to slow down, it waits as long as the provider says, and asks
 * again.
 *
 * @throws EvidenceError of the last try
 */
export async function lookUpAtPace<T>(lookUp: () => Promise<T>, { pauseMs, wait }: LookupPace): Promise<T> {
  await wait(pauseMs);
  for (let repeats = 0; ; repeats += 1) {
    try {
      return await lookUp();
    } catch (error) {
      const isThrottled = error instanceof EvidenceError && error.kind === 'throttled';
      if (!isThrottled || repeats === maxRepeats) throw error;
      await wait(error.retryAfterSeconds === null ? defaultPauseMs : error.retryAfterSeconds * 1000);
    }
  }
}
