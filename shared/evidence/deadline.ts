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

/**
 * The time of one artifact: half of what is left where others wait behind it, else all of it. So one that hangs
 * or trickles takes no other's turn, in this try or in the next ones.
 */
export function shareOf({ signal, remainingMs }: Deadline, othersWait: boolean): AbortSignal {
  if (!othersWait) return signal;
  return AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(remainingMs() / 2))]);
}
