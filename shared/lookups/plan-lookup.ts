import type { LookupTimes } from '../contract/lookup-times.ts';
import type { Verification } from '../verifications/verification.ts';

/** The next step for a case whose lookup is due. */
export type LookupPlan =
  /** The case is completed, or another run has planned its next lookup already. */
  | { readonly kind: 'none' }
  /** The case is not silent for long enough. */
  | { readonly kind: 'wait'; readonly nextLookupAt: string }
  | { readonly kind: 'lookup'; readonly nextLookupAt: string; readonly isLast: boolean };

/**
 * The time after the last lookup at which it is repeated, in seconds. The case is then still open only if the job of the
 * last lookup is lost.
 */
const repeatLastSeconds = 24 * 3600;

/**
 * Plans the next step for an open case. A case is silent since its latest event. If several lookups are due, because the
 * schedule stood still, they become one. This function is pure.
 */
export function planLookup(
  { receivedAt, schedule }: Pick<Verification, 'receivedAt' | 'schedule'>,
  times: LookupTimes,
  now: Date,
): LookupPlan {
  if (schedule.nextLookupAt === null || Date.parse(schedule.nextLookupAt) > now.getTime())
    return { kind: 'none' };
  const silentSince = Date.parse(receivedAt);
  const silentSeconds = (now.getTime() - silentSince) / 1000;
  const next = times.find((seconds) => seconds > silentSeconds);
  const nextLookupAt = new Date(
    next === undefined ? now.getTime() + repeatLastSeconds * 1000 : silentSince + next * 1000,
  ).toISOString();
  return next === times[0]
    ? { kind: 'wait', nextLookupAt }
    : { kind: 'lookup', nextLookupAt, isLast: next === undefined };
}
