import type { EvidenceJob } from '../../contract/evidence-job.ts';
import * as comparisons from '../../scheduling/comparisons.ts';
import { isErased } from '../../verifications/apply-erasure.ts';
import { UnknownVerificationError } from '../../verifications/errors.ts';
import {
  readStartOfUpdate,
  updateVerificationOptimistically,
} from '../../verifications/update-optimistically.ts';
import type { Verification } from '../../verifications/verification.ts';
import type { VerificationStore } from '../../verifications/verification-store.ts';
import { buildWriteWithoutEvent } from '../../verifications/write.ts';

interface Moment {
  readonly writeId: string;
  /** When the comparison starts, as an ISO 8601 instant. */
  readonly at: string;
}

/**
 * Records that a job starts its comparison now.
 *
 * @returns false if the comparison of another job is pending: that comparison covers both jobs; or if the case is erased
 * @throws UnknownVerificationError if the row that requested the job is no longer in the table
 * @throws ContentionError if other writers keep changing the verification
 */
export async function recordComparisonStart(
  verifications: VerificationStore,
  known: Verification,
  { verificationId, generation, requestedAt }: EvidenceJob,
  { writeId, at }: Moment,
): Promise<boolean> {
  const start = { known, isCurrent: true };
  return updateVerificationOptimistically(verifications, verificationId, start, (current) => {
    if (current?.generation !== generation) throw new UnknownVerificationError(verificationId);
    if (isErased(current)) return { write: null, result: false };
    const schedule = comparisons.markComparisonStarted(current.schedule, requestedAt, at);
    if (schedule === null) return { write: null, result: false };
    return { write: buildWriteWithoutEvent(current, writeId, { schedule }), result: true };
  });
}

/**
 * Records that the comparison of a job is pending again, because the job will be tried again. Records nothing if the row
 * that requested the job is no longer in the table.
 *
 * @throws ContentionError if other writers keep changing the verification
 */
export async function recordComparisonDeferral(
  verifications: VerificationStore,
  { verificationId, generation, requestedAt }: EvidenceJob,
  writeId: string,
): Promise<void> {
  const start = await readStartOfUpdate(verifications, verificationId);
  await updateVerificationOptimistically(verifications, verificationId, start, (current) => {
    if (current?.generation !== generation || isErased(current)) return { write: null, result: null };
    if (current.schedule.comparisonRequestedAt === requestedAt) return { write: null, result: null };
    const schedule = comparisons.markComparisonRequested(current.schedule, requestedAt);
    return { write: buildWriteWithoutEvent(current, writeId, { schedule }), result: null };
  });
}
