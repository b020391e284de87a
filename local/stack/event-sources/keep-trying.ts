import { BackOff } from '../back-off.ts';

/**
 * Calls a poller's function until the function is done or the signal aborts. If the function throws, the next call
 * follows after a pause, because an emulator can be temporarily unavailable.
 */
export async function keepTrying(
  step: () => Promise<'again' | 'done'>,
  signal: AbortSignal,
  onFailure: (error: unknown) => void,
): Promise<void> {
  const backOff = new BackOff();
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
