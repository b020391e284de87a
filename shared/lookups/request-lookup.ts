import type { LookupTimes } from '../contract/lookup-times.ts';
import { formatInstant } from '../parsing/instant.ts';
import { buildLookupJob } from '../scheduling/jobs.ts';
import {
  readStartOfUpdate,
  updateVerificationOptimistically,
} from '../verifications/update-optimistically.ts';
import type { VerificationStore } from '../verifications/verification-store.ts';
import { buildWriteWithoutEvent } from '../verifications/write.ts';
import { planLookup } from './plan-lookup.ts';

interface LookupRequest {
  readonly times: LookupTimes;
  readonly now: Date;
  /** The earliest start of the lookup; null for now. */
  readonly notBefore: Date | null;
}

interface Dependencies {
  readonly verifications: VerificationStore;
  readonly newId: () => string;
}

/**
 * Requests the lookup of an open case, and plans its next one. Both are one write: the relay sends the job of the write to
 * the provider's queue, as it does with all jobs.
 *
 * @returns false if no lookup is requested now (see `planLookup`)
 * @throws ContentionError if other writers change the verification during every try
 */
export async function requestLookup(
  verificationId: string,
  { times, now, notBefore }: LookupRequest,
  { verifications, newId }: Dependencies,
): Promise<boolean> {
  const start = await readStartOfUpdate(verifications, verificationId);
  return updateVerificationOptimistically(verifications, verificationId, start, (known) => {
    const plan =
      known === null ? { kind: 'none' as const } : planLookup(known, times, Math.floor(now.getTime() / 1000));
    if (known === null || plan.kind === 'none') return { write: null, result: false };
    const { nextLookupAt } = plan;
    if (plan.kind === 'wait')
      return { write: buildWriteWithoutEvent(known, newId(), { nextLookupAt }), result: false };
    const job = buildLookupJob(known, formatInstant(now), notBefore && formatInstant(notBefore), plan.isLast);
    return { write: buildWriteWithoutEvent(known, newId(), { nextLookupAt }, [job]), result: true };
  });
}
