import type { Conclusion, ReadArchivedZip } from '../../contract/evidence-adapter.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { ArchivedArtifact } from '../../contract/verification-event.ts';
import { formatInstant } from '../../parsing/instant.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import { recordJobEnd } from '../../verifications/record-evidence.ts';
import { type CollectedArtifacts, listMissingArtifacts } from '../archive/collected.ts';
import type { EvidenceStore } from '../archive/evidence-store.ts';
import { buildEvidenceFolder } from '../archive/folder.ts';
import { buildManifestKey, commitManifest } from '../archive/manifest.ts';
import { readStoredZip } from '../archive/read-zip.ts';
import type { FetcherDependencies } from './job-work.ts';
import { buildJobWriteId } from './record-for-job.ts';

/**
 * Commits the collected evidence of a job: writes the manifest, then records `idv.evidence.archived.v1`. Committing the
 * same job again changes nothing.
 */
export async function commitEvidence(
  job: EvidenceJob,
  evidence: Conclusion,
  { artifacts, failures }: CollectedArtifacts,
  dependencies: FetcherDependencies,
): Promise<void> {
  const { store, verifications } = dependencies;
  const checks = (await evidence.inspect?.(zipReader(store, artifacts))) ?? [];
  const { manifest, sha256 } = await commitManifest(store, buildEvidenceFolder(job), {
    version: 1,
    provider: job.provider,
    verificationId: job.verificationId,
    reference: job.reference ?? evidence.reference,
    generation: job.generation,
    sequence: job.sequence,
    archivedAt: formatInstant(dependencies.now()),
    artifacts: [...artifacts],
    missing: listMissingArtifacts(failures),
  });
  await recordJobEnd(verifications, {
    verificationId: job.verificationId,
    generation: job.generation,
    kind: 'archived',
    reference: evidence.reference,
    reasons: evidence.reasons ?? [],
    outcome: evidence.outcome ?? null,
    finality: evidence.transition?.finality ?? null,
    onNothing: job.onNothing,
    requestedBy: job.sequence,
    archive: {
      bucket: store.bucket,
      manifest: buildManifestKey(buildEvidenceFolder(job)),
      manifestSha256: sha256,
      artifacts: manifest.artifacts,
      missing: manifest.missing,
    },
    reason: null,
    findings: evidence.findings,
    checks,
    recordedAt: formatInstant(dependencies.now()),
    writeId: buildJobWriteId(job, dependencies),
  });
}

function zipReader(store: EvidenceStore, artifacts: readonly ArchivedArtifact[]): ReadArchivedZip {
  return (name) => {
    const zip = artifacts.find((artifact) => artifact.name === name);
    if (zip === undefined) throw new EvidenceError('invalid', `${name} is not an archived artifact`);
    return readStoredZip(store, zip);
  };
}
