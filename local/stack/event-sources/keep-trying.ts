import { BackOff } from '../back-off.ts';

/**
 * Repeats a poller's step until it is done or the signal aborts. A step that throws (the emulator, or a proxy in
 * front of it, does not answer) is tried again after a while.
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
