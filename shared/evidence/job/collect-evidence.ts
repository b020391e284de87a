import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { EvidenceSource, FetchedEvidence } from '../../contract/evidence-source.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import type { Recorded } from '../../verifications/record-transition.ts';
import { type Archived, archiveArtifacts } from '../archive/archive-artifacts.ts';
import type { Deadline } from '../archive/deadline.ts';
import { folderOf } from '../archive/folder.ts';
import { keepResultOf } from './archive-result.ts';
import type { JobDependencies } from './job-dependencies.ts';
import { recordFetched } from './record-for-job.ts';

/** What a try has brought: what the provider has, and how much of it is in the bucket. */
export interface Collected extends Archived {
  readonly fetched: FetchedEvidence;
  /** What became of the provider's confirmed word; null where the evidence has none, or an earlier try has told it. */
  readonly verdict: Recorded | null;
}

/**
 * So long, a file whose end nothing proves is asked for again. A connection that keeps breaking at the same byte does so
 * for minutes; a file that always ends in an unusual way is worth having after it.
 */
const provenOnlyMs = 3600_000;

/**
 * Fetches what a job asks for into the bucket. After a failure, running it again goes on where it stopped.
 *
 * @returns null where an earlier run has done and recorded all of it
 * @throws EvidenceError where not even the list of artifacts could be had
 */
export async function collectEvidence(
  job: EvidenceJob,
  source: EvidenceSource,
  dependencies: JobDependencies,
  deadline: Deadline,
): Promise<Collected | null> {
  const { archive, verifications } = dependencies;
  const known = await verifications.read(job.verificationId);
  if (known === null) {
    throw new EvidenceError('unknown_verification', `${job.verificationId} is no longer in the table`);
  }
  if (known.schedule.evidence[job.sequence] === 'archived') return null;

  let isTold = false;
  const keep = keepResultOf(job, archive, () => {
    isTold = true;
  });
  const fetched = await source.fetch(job, keep, deadline.signal);
  const { transition } = fetched;
  // The provider's confirmed word comes before the rest: nobody should wait for a decision until a video is archived.
  const verdict = transition && (await recordFetched(transition, job, dependencies));
  const mayBeUnproven = dependencies.now().getTime() - Date.parse(job.requestedAt) >= provenOnlyMs;
  return {
    fetched,
    verdict: verdict?.kind !== 'accepted' && isTold ? null : verdict,
    ...(await archiveArtifacts(archive, folderOf(job), fetched.artifacts, deadline, mayBeUnproven)),
  };
}
