import type { EvidenceJob } from '../contract/evidence-job.ts';
import { instant } from '../contract/instant.ts';
import type { BlobStore } from '../platform/blob-store.ts';
import { EvidenceError } from '../providers/evidence-error.ts';
import type { EvidenceSource, FetchedEvidence } from '../providers/evidence-source.ts';
import { storeFindings } from '../verifications/findings-store.ts';
import { type Recorded, recordTransition } from '../verifications/record-transition.ts';
import type { VerificationStore } from '../verifications/verification-store.ts';
import type { Archive } from './archive.ts';
import { type Archived, archiveArtifacts } from './archive-artifacts.ts';
import type { Deadline } from './deadline.ts';
import { folderOf } from './folder.ts';
import { readArchived } from './read-archived.ts';

export interface JobDependencies {
  readonly archive: Archive;
  readonly blobs: BlobStore;
  readonly verifications: VerificationStore;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** What a try has brought: what the provider has, and how much of it is in the bucket. */
export interface Collected extends Archived {
  readonly fetched: FetchedEvidence;
  /** What became of the provider's confirmed word; null where the evidence has none. */
  readonly verdict: Recorded | null;
}

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
  if (known.evidence[job.sequence] === 'archived') return null;

  const archived = (name: string) => readArchived(archive, `${folderOf(job)}/${name}`);
  const fetched = await source.fetch(job, archived, deadline.signal);
  const verdict = await recordVerdict(job, fetched, dependencies);
  return {
    fetched,
    verdict,
    ...(await archiveArtifacts(archive, folderOf(job), fetched.artifacts, deadline)),
  };
}

/** The provider's confirmed word comes first: nobody should wait for a decision until a video is archived. */
async function recordVerdict(
  { sequence }: EvidenceJob,
  { transition }: FetchedEvidence,
  dependencies: JobDependencies,
): Promise<Recorded | null> {
  if (transition === null) return null;
  return recordTransition(dependencies.verifications, {
    transition: { ...transition, askedBy: sequence },
    findings: await storeFindings(dependencies.blobs, transition.fingerprint, transition.findings),
    receivedAt: instant(dependencies.now()),
    writeId: dependencies.newId(),
    delivery: null,
  });
}
