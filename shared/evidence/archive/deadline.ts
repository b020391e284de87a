/** The time that a try of a job has. */
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

/** An equal share of what is left for each of so many; all of it for the last. */
export function shareOf({ signal, remainingMs }: Deadline, many: number): AbortSignal {
  if (many <= 1) return signal;
  return AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(remainingMs() / many))]);
}
