import { setTimeout as delay } from 'node:timers/promises';

/**
 * Repeats a check every 20 ms until it passes.
 *
 * @returns the result of the check
 * @throws the last error of the check if the check still fails at the deadline
 * @example await eventually(async () => { expect(await received()).toHaveLength(3); }, { timeoutMs: 5_000 });
 */
export async function eventually<T>(check: () => T | Promise<T>, { timeoutMs = 30_000 } = {}): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(20);
    }
  }
}
