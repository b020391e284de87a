import { applyJobEnd, type JobEnd } from './apply-evidence.ts';
import { UnknownVerificationError } from './errors.ts';
import { updateVerificationOptimistically } from './update-optimistically.ts';
import type { VerificationStore } from './verification-store.ts';

/**
 * Records the end of a job as the next event of its verification. Recording the same end again changes nothing.
 *
 * @throws UnknownVerificationError if the verification is not in the table
 * @throws ContentionError if other writers change the verification during every try
 */
export async function recordJobEnd(store: VerificationStore, result: JobEnd): Promise<void> {
  const { verificationId } = result;
  await updateVerificationOptimistically(store, verificationId, await store.read(verificationId), (known) => {
    if (known === null) throw new UnknownVerificationError(verificationId);
    return { write: applyJobEnd(known, result), result: null };
  });
}
