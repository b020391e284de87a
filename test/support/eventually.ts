import { setTimeout as delay } from 'node:timers/promises';

/**
 * Calls `check` again and again, with short pauses, until it throws no error.
 *
 * @returns the result of `check`
 * @throws the last error of `check` if it still fails at the deadline
 * @example await eventually(async () => { expect(await received()).toHaveLength(3); }, { timeoutMs: 5_000 });
 */
export async function eventually<T>(check: () => T | Promise<T>, { timeoutMs = 30_000 } = {}): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  // The pauses grow from 20 to 200 ms, because each call of `check` costs the local stack CPU time.
  for (let pauseMs = 20; ; pauseMs = Math.min(1.2 * pauseMs, 200)) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(pauseMs);
    }
  }
}
