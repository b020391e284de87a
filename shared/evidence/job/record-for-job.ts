import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { Transition } from '../../contract/transition.ts';
import { instant } from '../../parsing/instant.ts';
import { type Recorded, recordTransition } from '../../verifications/record-transition.ts';
import { fetchedWriteId, type JobDependencies } from './job-dependencies.ts';

/**
 * Records a transition that nobody has delivered: a job has come to it.
 *
 * @param job its sequence names the event that asked
 * @throws ContentionError
 */
export async function recordFetched(
  transition: Transition,
  { sequence }: Pick<EvidenceJob, 'sequence'>,
  dependencies: JobDependencies,
): Promise<Recorded> {
  return recordTransition(dependencies.verifications, {
    transition,
    receivedAt: instant(dependencies.now()),
    writeId: fetchedWriteId(sequence, dependencies),
    delivery: null,
  });
}
