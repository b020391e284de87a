import type { LookupTimes } from '../contract/lookup-times.ts';
import type { Verification } from '../verifications/verification.ts';

/** The next step for a case whose lookup is due. `nextLookupAt` is in seconds since 1970. */
export type LookupPlan =
  /** The case is completed, or another run has planned its next lookup already. */
  | { readonly kind: 'none' }
  /** The case is not silent for long enough. */
  | { readonly kind: 'wait'; readonly nextLookupAt: number }
  | { readonly kind: 'lookup'; readonly nextLookupAt: number; readonly isLast: boolean };

/**
 * The time after the last lookup at which it is repeated, in seconds. The case is then still open if the provider could not
 * be asked, if the job is lost, or if somebody at the provider may still decide.
 */
const repeatLastSeconds = 24 * 3600;

/**
 * Leaves out the times at which the row of a case expires or is about to. So a case becomes overdue before it is deleted,
 * even if a stage keeps cases for less time than the provider.
 *
 * @param retentionSeconds how long a case is kept after its latest event
 */
export function fitLookupTimes(times: LookupTimes, retentionSeconds: number): LookupTimes {
  const [first, ...later] = times;
  return [first, ...later.filter((seconds) => seconds < retentionSeconds - repeatLastSeconds)];
}

/**
 * Plans the next step for an open case. A case is silent since its latest event. If several lookups are due, because the
 * schedule stood still, they become one. This function is pure.
 *
 * @param now seconds since 1970
 */
export function planLookup(
  { receivedAt, nextLookupAt: due }: Pick<Verification, 'receivedAt' | 'nextLookupAt'>,
  times: LookupTimes,
  now: number,
): LookupPlan {
  if (due === null || due > now) return { kind: 'none' };
  const silentSince = Math.floor(Date.parse(receivedAt) / 1000);
  const next = times.find((seconds) => seconds > now - silentSince);
  const nextLookupAt = next === undefined ? now + repeatLastSeconds : silentSince + next;
  return next === times[0]
    ? { kind: 'wait', nextLookupAt }
    : { kind: 'lookup', nextLookupAt, isLast: next === undefined };
}
