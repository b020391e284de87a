import { applyEvidence, type JobEnd } from './apply-evidence.ts';
import { UnknownVerificationError } from './errors.ts';
import type { VerificationStore } from './verification-store.ts';
import { writeWhileContended } from './write-while-contended.ts';

/**
 * Records how a job ended, with the next sequence of its verification, so that consumers hear of it in
 * order. Recording the same again changes nothing.
 *
 * @throws UnknownVerificationError, ContentionError
 */
export async function recordEvidence(store: VerificationStore, result: JobEnd): Promise<void> {
  const { verificationId } = result;
  await writeWhileContended(store, verificationId, await store.read(verificationId), (known) => {
    if (known === null) throw new UnknownVerificationError(verificationId);
    return { write: applyEvidence(known, result), result: null };
  });
}
