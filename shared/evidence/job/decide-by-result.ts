import type { Conclusion } from '../../contract/evidence-adapter.ts';
import type { ArchivedArtifact } from '../../contract/verification-event.ts';
import { archiveResult } from './archive-result.ts';
import type { FetcherDependencies, JobTry } from './job-work.ts';
import { recordTransitionOfJob } from './record-for-job.ts';
import { reportDecisionAboutResult } from './report-result.ts';

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
  { job, deadline }: JobTry,
  dependencies: FetcherDependencies,
): Promise<DecidedEvidence> {
  const { source, store, telemetry } = dependencies;
  const { bytes, artifact, isNew } = await archiveResult(source, job, store, deadline.signal);
  const evidence = source.conclude(job, bytes);
  if (evidence.transition !== null) {
    const recorded = await recordTransitionOfJob(evidence.transition, job, dependencies);
    // Report the decision only once. A later try records the same transition again, which changes nothing.
    if (isNew || recorded.kind === 'accepted') reportDecisionAboutResult(recorded, job, telemetry);
  }
  return { evidence, result: artifact };
}
