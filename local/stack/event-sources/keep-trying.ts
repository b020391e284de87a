import { RetryBackOff } from '../back-off.ts';

/**
 * Calls `step` again and again, until it returns `done` or the signal aborts. If `step` throws, waits before the next
 * call, because an emulator can be unavailable for a short time.
 */
export async function callUntilDone(
  step: () => Promise<'again' | 'done'>,
  signal: AbortSignal,
  onFailure: (error: unknown) => void,
): Promise<void> {
  const backOff = new RetryBackOff();
  while (!signal.aborted) {
    try {
      if ((await step()) === 'done') return;
      backOff.reset();
    } catch (error) {
      if (signal.aborted) return;
      onFailure(error);
      await backOff.wait(signal);
    }
  }
}
