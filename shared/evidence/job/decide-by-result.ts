import type { Conclusion, ResultSource } from '../../contract/evidence-source.ts';
import type { ArchivedArtifact } from '../../contract/verification-event.ts';
import { archiveResult } from './archive-result.ts';
import type { FetchingDependencies, JobWork } from './job-work.ts';
import { recordForJob } from './record-for-job.ts';
import { reportResult } from './report-result.ts';

interface DecidedEvidence {
  readonly evidence: Conclusion;
  /** The archived result, as an artifact. */
  readonly result: ArchivedArtifact;
}

/**
 * Archives the provider's result, makes the conclusion from the archived bytes, and records the transition that it
 * contains. The other artifacts are archived later, so that no decision waits for a large video.
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
    // Report the decision only once: a later try records the same transition again, and changes nothing.
    if (isNew || recorded.kind === 'accepted') reportResult(recorded, job, telemetry);
  }
  return { evidence, result: artifact };
}
