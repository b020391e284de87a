/** The end of the time that a try of a job has. */
export interface Deadline {
  readonly signal: AbortSignal;
  remainingMs(): number;
}

export function deadlineIn(ms: number): Deadline {
  const end = performance.now() + ms;
  return {
    signal: AbortSignal.timeout(ms),
    remainingMs: () => Math.max(0, end - performance.now()),
  };
}

/**
 * Returns a signal that aborts after an equal share of the remaining time.
 *
 * @param parts how many parts share the time; the last part gets all of it
 */
export function shareOf({ signal, remainingMs }: Deadline, parts: number): AbortSignal {
  if (parts <= 1) return signal;
  return AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(remainingMs() / parts))]);
}
