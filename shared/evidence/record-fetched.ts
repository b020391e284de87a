import { instant } from '../contract/instant.ts';
import type { Transition } from '../contract/transition.ts';
import { storeFindings } from '../verifications/findings-store.ts';
import { type Recorded, recordTransition } from '../verifications/record-transition.ts';
import type { JobDependencies } from './job-dependencies.ts';

/** Records a transition that nobody has delivered: a job has come to it. @throws ContentionError */
export async function recordFetched(
  transition: Transition,
  { verifications, blobs, now, newId }: JobDependencies,
): Promise<Recorded> {
  return recordTransition(verifications, {
    transition,
    findings: await storeFindings(blobs, transition.fingerprint, transition.findings),
    receivedAt: instant(now()),
    writeId: newId(),
    delivery: null,
  });
}
