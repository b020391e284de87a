import type { EvidenceJob } from '../contract/evidence-job.ts';
import type { VerificationStore } from './verification-store.ts';
import { quietWrite } from './write.ts';
import { writeWhileContended } from './write-while-contended.ts';

/**
 * Notes that a job looks now, or that it will look later. One that comes later serves the repetitions until then; one
 * that comes while it looks may be newer than the answer, and asks for another job.
 *
 * @returns whether it is for this job to look: later, a newer one does so for both
 * @throws ContentionError when others keep changing the verification
 */
export async function markComparison(
  store: VerificationStore,
  { verificationId, requestedAt }: EvidenceJob,
  looks: 'now' | 'later',
  writeId: string,
): Promise<boolean> {
  const [before, after] = looks === 'now' ? [requestedAt, null] : [null, requestedAt];
  return writeWhileContended(store, verificationId, await store.read(verificationId), (known) => ({
    // The mark of another job is that job's.
    write: known?.comparing === before ? quietWrite(known, writeId, { comparing: after }) : null,
    result: looks === 'now' || !isNewer(known?.comparing ?? null, requestedAt),
  }));
}

function isNewer(comparing: string | null, requestedAt: string): boolean {
  return comparing !== null && Date.parse(comparing) > Date.parse(requestedAt);
}
