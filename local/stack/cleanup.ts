/**
 * The steps that stop everything that was started. They run in reverse order. If a step fails, the other steps still
 * run, because a stack that is only partly stopped would leave processes behind.
 */
export class Cleanup {
  readonly #steps: (() => Promise<void> | void)[] = [];
  #done: Promise<void> | undefined;

  add(step: () => Promise<void> | void): void {
    this.#steps.push(step);
  }

  /** Runs all steps once. Further calls wait for the same run. */
  run(): Promise<void> {
    this.#done ??= this.#runAll();
    return this.#done;
  }

  async #runAll(): Promise<void> {
    const errors: unknown[] = [];
    for (const step of this.#steps.toReversed()) {
      try {
        await step();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, 'The local stack did not stop cleanly');
  }
}
