import type { EvidenceJob } from '../contract/evidence-job.ts';
import { instant } from '../contract/instant.ts';
import type { ArchivedArtifact } from '../contract/verification-event.ts';
import type { BlobStore } from '../platform/blob-store.ts';
import { EvidenceError } from '../providers/evidence-error.ts';
import type { ArchivedEvidence, EvidenceSource, FetchedEvidence } from '../providers/evidence-source.ts';
import { storeFindings } from '../verifications/findings-store.ts';
import { recordEvidence } from '../verifications/record-evidence.ts';
import { recordTransition } from '../verifications/record-transition.ts';
import type { VerificationStore } from '../verifications/verification-store.ts';
import type { Archive } from './archive.ts';
import { type Archived, archiveArtifacts } from './archive-artifacts.ts';
import { folderOf } from './folder.ts';
import { commitManifest, manifestKey } from './manifest.ts';
import { readZip } from './read-zip.ts';

export interface JobDependencies {
  readonly archive: Archive;
  readonly blobs: BlobStore;
  readonly verifications: VerificationStore;
  readonly now: () => Date;
  readonly newId: () => string;
}

const nothing: Archived = { artifacts: [], failures: [] };

/**
 * Fetches and archives what a job asks for, and records it. After a failure, running it again goes on where
 * it stopped; after success, it changes nothing.
 *
 * @returns what was archived in vain where there are failures; nothing is recorded then
 * @throws EvidenceError where not even the list of artifacts could be had
 */
export async function runJob(
  job: EvidenceJob,
  source: EvidenceSource,
  dependencies: JobDependencies,
  signal: AbortSignal,
): Promise<Archived> {
  const { archive, verifications } = dependencies;
  const known = await verifications.read(job.verificationId);
  if (known === null) {
    throw new EvidenceError('unknown_verification', `${job.verificationId} is no longer in the table`);
  }
  if (known.evidence[job.sequence] === 'archived') return nothing;

  const fetched = await source.fetch(job, signal);
  await recordVerdict(fetched, dependencies);
  const archived = await archiveArtifacts(archive, folderOf(job), fetched.artifacts, signal);
  if (archived.failures.length > 0) return archived;

  const findings = await fetched.findings(lookInto(archive, archived.artifacts));
  const manifest = await commitManifest(archive, manifestKey(folderOf(job)), {
    version: 1,
    provider: job.provider,
    verificationId: job.verificationId,
    reference: job.reference,
    sequence: job.sequence,
    archivedAt: instant(dependencies.now()),
    artifacts: [...archived.artifacts],
    missing: [],
  });
  await recordEvidence(verifications, {
    verificationId: job.verificationId,
    kind: 'archived',
    notice: {
      requestedBy: job.sequence,
      bucket: archive.bucket,
      manifest: manifestKey(folderOf(job)),
      artifacts: manifest.artifacts,
      missing: manifest.missing,
      reason: null,
    },
    findings: await storeFindings(dependencies.blobs, findingsName(job), findings),
    recordedAt: instant(dependencies.now()),
    writeId: dependencies.newId(),
  });
  return archived;
}

/** The provider's confirmed word comes first: nobody should wait for a decision until a video is archived. */
async function recordVerdict({ transition }: FetchedEvidence, dependencies: JobDependencies): Promise<void> {
  if (transition === null) return;
  await recordTransition(dependencies.verifications, {
    transition,
    findings: await storeFindings(dependencies.blobs, transition.fingerprint, transition.findings),
    receivedAt: instant(dependencies.now()),
    writeId: dependencies.newId(),
    delivery: null,
  });
}

function lookInto(archive: Archive, artifacts: readonly ArchivedArtifact[]): ArchivedEvidence {
  return {
    zipFiles(name) {
      const zip = artifacts.find((artifact) => artifact.name === name);
      if (zip === undefined) throw new EvidenceError('invalid', `${name} is not among the artifacts`);
      return readZip(archive, zip);
    },
  };
}

const findingsName = (job: EvidenceJob) => `${folderOf(job)}/evidence`;
