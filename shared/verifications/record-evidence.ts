import { applyEvidence, type EvidenceResult } from './apply-evidence.ts';
import { ContentionError, UnknownVerificationError } from './errors.ts';
import type { VerificationStore } from './verification-store.ts';

const maxTries = 50;

/**
 * Records how a job ended, with the next sequence of its verification, so that consumers hear of it in
 * order. Recording the same again changes nothing.
 *
 * @throws UnknownVerificationError, ContentionError
 */
export async function recordEvidence(store: VerificationStore, result: EvidenceResult): Promise<void> {
  let known = await store.read(result.verificationId);
  for (let tries = 0; tries < maxTries; tries++) {
    if (known === null) throw new UnknownVerificationError(result.verificationId);
    const write = applyEvidence(known, result);
    if (write === null) return;
    known = await store.write(known, write);
    if (known === null) return;
  }
  throw new ContentionError(result.verificationId, maxTries);
}
