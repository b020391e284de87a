import type { Conclusion, ResultSource } from '../../contract/evidence-source.ts';
import type { ArchivedArtifact } from '../../contract/verification-event.ts';
import { archiveResult } from './archive-result.ts';
import type { FetchingDependencies, JobWork } from './job-work.ts';
import { recordForJob } from './record-for-job.ts';
import { reportResult } from './report-result.ts';

interface DecidedEvidence {
  readonly evidence: Conclusion;
  /** The result itself, which is in the bucket already. */
  readonly result: ArchivedArtifact;
}

/**
 * Archives the provider's result, concludes the evidence from the archived bytes, and records what the result decides.
 * The other artifacts follow later, so that no decision waits for a video.
 *
 * @throws EvidenceError, ContentionError
 */
export async function decideByResult(
  source: ResultSource,
  { job, deadline }: JobWork,
  dependencies: FetchingDependencies,
): Promise<DecidedEvidence> {
  const { store, telemetry } = dependencies;
  const { bytes, artifact, isNew } = await archiveResult(source, job, store, deadline.signal);
  const evidence = source.conclude(job, bytes);
  if (evidence.transition !== null) {
    const recorded = await recordForJob(evidence.transition, job, dependencies);
    // Each later try records the same transition again, which changes nothing and was reported before.
    if (isNew || recorded.kind === 'accepted') reportResult(recorded, job, telemetry);
  }
  return { evidence, result: artifact };
}
