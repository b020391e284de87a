import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { Transition } from '../../contract/transition.ts';
import { formatInstant } from '../../parsing/instant.ts';
import { formatSequenceForKey } from '../../verifications/object-keys.ts';
import { type RecordedDecision, recordTransition } from '../../verifications/record-transition.ts';
import type { FetcherDependencies } from './job-work.ts';

type Job = Pick<EvidenceJob, 'sequence'>;

/**
 * Records a transition that a job concludes from a fetched result. The transition has no row in the ledger, because no
 * delivery contains it.
 *
 * @throws ContentionError if other writers keep changing the verification
 */
export async function recordTransitionOfJob(
  transition: Transition,
  job: Job,
  dependencies: FetcherDependencies,
): Promise<RecordedDecision> {
  return recordTransition(dependencies.verifications, {
    transition,
    receivedAt: formatInstant(dependencies.now()),
    writeId: buildJobWriteId(job, dependencies),
    delivery: null,
  });
}

/**
 * Returns an id for a write of a job. The id begins with the sequence of the event that requested the job. The objects
 * that the write stores have this id in their S3 keys, so the keys contain the sequence too.
 *
 * @example '000003-6f1c…'
 */
export function buildJobWriteId({ sequence }: Job, { newId }: Pick<FetcherDependencies, 'newId'>): string {
  return `${formatSequenceForKey(sequence)}-${newId()}`;
}
