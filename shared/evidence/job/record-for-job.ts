import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { Transition } from '../../contract/transition.ts';
import { formatInstant } from '../../parsing/instant.ts';
import { formatSequenceForKey } from '../../verifications/object-keys.ts';
import {
  type RecordedDecision,
  recordTransitionInGeneration,
} from '../../verifications/record-transition.ts';
import type { FetcherDependencies } from './job-work.ts';

/**
 * Records a transition that a job concludes from a fetched result. Its row in the history has no delivery, because no
 * delivery contains it.
 *
 * @throws UnknownVerificationError if the row that requested the job is no longer in the table
 * @throws ContentionError if other writers keep changing the verification
 */
export async function recordTransitionOfJob(
  transition: Transition,
  job: Pick<EvidenceJob, 'sequence' | 'generation'>,
  dependencies: FetcherDependencies,
): Promise<RecordedDecision> {
  const incoming = {
    transition,
    receivedAt: formatInstant(dependencies.now()),
    writeId: buildJobWriteId(job, dependencies),
    delivery: null,
  };
  return recordTransitionInGeneration(dependencies.verifications, incoming, job.generation);
}

/**
 * Returns an id for a write of a job. The id begins with the sequence of the event that requested the job. The objects
 * that the write stores have this id in their S3 keys, so the keys contain the sequence too.
 *
 * @example '000003-6f1c…'
 */
export function buildJobWriteId(
  { sequence }: Pick<EvidenceJob, 'sequence'>,
  { newId }: Pick<FetcherDependencies, 'newId'>,
): string {
  return `${formatSequenceForKey(sequence)}-${newId()}`;
}
