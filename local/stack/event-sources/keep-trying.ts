import { BackOff } from '../back-off.ts';

/**
 * Repeats a step of a poller until the step is done or the signal aborts. A step that throws is tried again after a
 * pause, because an emulator may be temporarily unavailable.
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
