import { applyJobEnd, type JobEnd } from './apply-evidence.ts';
import { UnknownVerificationError } from './errors.ts';
import { readStartOfUpdate, updateVerificationOptimistically } from './update-optimistically.ts';
import type { VerificationStore } from './verification-store.ts';

/**
 * Records the end of a job as the next event of its verification. Recording the same end again changes nothing.
 *
 * @throws UnknownVerificationError if the row that requested the job is no longer in the table
 * @throws ContentionError if other writers change the verification during every try
 */
export async function recordJobEnd(store: VerificationStore, result: JobEnd): Promise<void> {
  const { verificationId, generation } = result;
  const start = await readStartOfUpdate(store, verificationId);
  await updateVerificationOptimistically(store, verificationId, start, (known) => {
    if (known?.generation !== generation) throw new UnknownVerificationError(verificationId);
    return { write: applyJobEnd(known, result), result: null };
  });
}
