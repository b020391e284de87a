/** The deadline of one try of a job. */
export interface Deadline {
  readonly signal: AbortSignal;
  remainingMs(): number;
}

export function createDeadline(ms: number): Deadline {
  const end = performance.now() + ms;
  return {
    signal: AbortSignal.timeout(ms),
    remainingMs: () => Math.max(0, end - performance.now()),
  };
}

/**
 * Returns a signal that aborts after an equal share of the remaining time.
 *
 * @param parts the number of tasks that share the time; if it is 1, the signal aborts at the deadline
 */
export function createTimeShareAbortSignal({ signal, remainingMs }: Deadline, parts: number): AbortSignal {
  if (parts <= 1) return signal;
  return AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(remainingMs() / parts))]);
}
