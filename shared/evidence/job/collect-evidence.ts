import type { Conclusion } from '../../contract/evidence-adapter.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import { isErased } from '../../verifications/apply-erasure.ts';
import { archiveArtifacts } from '../archive/archive-artifacts.ts';
import type { CollectedArtifacts } from '../archive/collected.ts';
import { buildEvidenceFolder } from '../archive/folder.ts';
import { decideByResult } from './decide-by-result.ts';
import { computeJobTriesAndAge, type FetcherDependencies, type JobTry } from './job-work.ts';

/**
 * In the first hour of a job, a file without a proven end is requested again, because a broken connection recovers within
 * minutes. After the first hour, such a file is accepted, because its end may always be unusual.
 */
const provenOnlySeconds = 3600;

/**
 * Archives the evidence that a job requests. After a failure, the next try continues where this try stopped.
 *
 * @returns a text that says why there is nothing to archive: an earlier try has committed the evidence, or the case is erased
 * @throws EvidenceError if the result cannot be fetched or read
 */
export async function collectEvidence(
  work: JobTry,
  dependencies: FetcherDependencies,
): Promise<
  | { readonly evidence: Conclusion; readonly collected: CollectedArtifacts }
  | 'evidence archived before'
  | 'the case is erased'
> {
  const { job, deadline } = work;
  const { store, verifications } = dependencies;
  const known = await verifications.read(job.verificationId);
  if (known?.generation !== job.generation) {
    throw new EvidenceError(
      'unknown_verification',
      `the row of ${job.verificationId} is no longer in the table`,
    );
  }
  if (isErased(known)) return 'the case is erased';
  if (known.schedule.evidence[job.sequence] === 'archived') return 'evidence archived before';

  const { evidence, result } = await decideByResult(work, dependencies);
  const mayBeUnproven = computeJobTriesAndAge(work, dependencies).ageSeconds >= provenOnlySeconds;
  const { artifacts, failures } = await archiveArtifacts(
    store,
    buildEvidenceFolder(job),
    evidence.artifacts,
    deadline,
    mayBeUnproven,
  );
  return { evidence, collected: { artifacts: [result, ...artifacts], failures } };
}
