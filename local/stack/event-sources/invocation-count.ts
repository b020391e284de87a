import { EventEmitter, once } from 'node:events';

/**
 * The number of finished invocations of all functions. A function that has finished may have written to a table, so a
 * stream is worth reading again.
 */
export class InvocationCount {
  #finished = 0;
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  get value(): number {
    return this.#finished;
  }

  increase(): void {
    this.#finished += 1;
    this.#emitter.emit('finished');
  }

  /**
   * Waits until the number of finished invocations differs from `known`, but at most `ms` milliseconds. Returns early,
   * without an error, if `signal` aborts.
   */
  async change(known: number, ms: number, signal: AbortSignal): Promise<void> {
    if (this.#finished !== known) return;
    const until = AbortSignal.any([signal, AbortSignal.timeout(ms)]);
    await once(this.#emitter, 'finished', { signal: until }).catch(() => undefined);
  }
}
