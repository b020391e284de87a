import type { EvidenceJob } from '../../contract/evidence-job.ts';
import * as comparisons from '../../scheduling/comparisons.ts';
import type { Verification } from '../../verifications/verification.ts';
import type { VerificationStore } from '../../verifications/verification-store.ts';
import { quietWrite } from '../../verifications/write.ts';
import { writeWhileContended } from '../../verifications/write-while-contended.ts';

interface Moment {
  readonly writeId: string;
  /** ISO 8601 instant. */
  readonly at: string;
}

/**
 * Records that a job starts its comparison now.
 *
 * @returns false if the comparison of another job is pending: that one serves both
 * @throws ContentionError if others keep changing the verification
 */
export async function startComparison(
  store: VerificationStore,
  known: Verification,
  { verificationId, requestedAt }: EvidenceJob,
  { writeId, at }: Moment,
): Promise<boolean> {
  return writeWhileContended(store, verificationId, known, (now) => {
    if (now === null) return { write: null, result: true };
    const schedule = comparisons.startComparison(now.schedule, requestedAt, at);
    if (schedule === null) return { write: null, result: false };
    return { write: quietWrite(now, writeId, { schedule }), result: true };
  });
}

/** Records that a job will try its comparison again. @throws ContentionError */
export async function deferComparison(
  store: VerificationStore,
  { verificationId, requestedAt }: EvidenceJob,
  writeId: string,
): Promise<void> {
  await writeWhileContended(store, verificationId, await store.read(verificationId), (known) => {
    const isDeferred = known === null || known.schedule.comparisonRequestedAt === requestedAt;
    if (isDeferred) return { write: null, result: null };
    const schedule = comparisons.deferComparison(known.schedule, requestedAt);
    return { write: quietWrite(known, writeId, { schedule }), result: null };
  });
}
