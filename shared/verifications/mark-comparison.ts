import type { EvidenceJob } from '../contract/evidence-job.ts';
import type { VerificationStore } from './verification-store.ts';
import { quietWrite } from './write.ts';
import { writeWhileContended } from './write-while-contended.ts';

/**
 * Notes that a job looks now, or that it will look later. One that comes later serves the repetitions until then; one
 * that comes while it looks may be newer than the answer, and asks for another.
 *
 * @throws ContentionError when others keep changing the verification
 */
export async function markComparison(
  store: VerificationStore,
  { verificationId, requestedAt }: EvidenceJob,
  looks: 'now' | 'later',
  writeId: string,
): Promise<void> {
  const [before, after] = looks === 'now' ? [requestedAt, null] : [null, requestedAt];
  await writeWhileContended(store, verificationId, await store.read(verificationId), (known) => ({
    // The mark of another job is that job's.
    write: known?.comparing === before ? quietWrite(known, writeId, { comparing: after }) : null,
    result: null,
  }));
}
