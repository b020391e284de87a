import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { ArchivedEvidence } from '../../contract/evidence-source.ts';
import type { ArchivedArtifact } from '../../contract/verification-event.ts';
import { instant } from '../../parsing/instant.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import { recordEvidence } from '../../verifications/record-evidence.ts';
import type { Archive } from '../archive/evidence-store.ts';
import { folderOf } from '../archive/folder.ts';
import { commitManifest, manifestKey } from '../archive/manifest.ts';
import { readZip } from '../archive/read-zip.ts';
import type { Collected } from './collect-evidence.ts';
import { missingOf } from './give-up.ts';
import { fetchedWriteId, type JobDependencies } from './job-dependencies.ts';

/**
 * Commits what a job has collected: the manifest, then the event. Doing it again changes nothing. What could
 * not be had, and was not required, is listed as missing.
 */
export async function commitEvidence(
  job: EvidenceJob,
  { fetched, artifacts, failures }: Collected,
  dependencies: JobDependencies,
): Promise<void> {
  const { archive, verifications } = dependencies;
  const findings = await fetched.findings(lookInto(archive, artifacts));
  const manifest = await commitManifest(archive, folderOf(job), {
    version: 1,
    provider: job.provider,
    verificationId: job.verificationId,
    reference: job.reference ?? fetched.reference,
    sequence: job.sequence,
    archivedAt: instant(dependencies.now()),
    artifacts: [...artifacts],
    missing: missingOf(failures),
  });
  await recordEvidence(verifications, {
    verificationId: job.verificationId,
    kind: 'archived',
    reference: fetched.reference,
    reasons: fetched.reasons ?? [],
    outcome: fetched.outcome ?? null,
    onNothing: job.onNothing,
    notice: {
      requestedBy: job.sequence,
      bucket: archive.bucket,
      manifest: manifestKey(folderOf(job)),
      artifacts: manifest.artifacts,
      missing: manifest.missing,
      reason: null,
    },
    findings,
    recordedAt: instant(dependencies.now()),
    writeId: fetchedWriteId(job.sequence, dependencies),
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
