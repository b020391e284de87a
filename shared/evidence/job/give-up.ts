import type { EvidenceJob } from '../../contract/evidence-job.ts';
import { formatInstant } from '../../parsing/instant.ts';
import type { FailureKind } from '../../provider-api/evidence-error.ts';
import { recordJobEnd } from '../../verifications/record-evidence.ts';
import { type CollectedArtifacts, listMissingArtifacts } from '../archive/collected.ts';
import type { FetcherDependencies } from './job-work.ts';

/**
 * Records `idv.evidence.failed.v1` for a job that is given up. The event lists the artifacts that are archived
 * nevertheless. Publishes nothing if the verification is no longer in the table.
 */
export async function recordGivenUpJob(
  job: EvidenceJob,
  reason: FailureKind,
  { artifacts, failures }: CollectedArtifacts,
  { store, verifications, now, newId }: FetcherDependencies,
): Promise<void> {
  if (reason === 'unknown_verification') return;
  await recordJobEnd(verifications, {
    verificationId: job.verificationId,
    generation: job.generation,
    kind: 'failed',
    reference: null,
    onNothing: job.onNothing,
    requestedBy: job.sequence,
    archive: {
      bucket: artifacts.length > 0 ? store.bucket : null,
      // The folder of a job that is given up gets no manifest. If an operator sends the job again, the job can still
      // complete the folder.
      manifest: null,
      manifestSha256: null,
      artifacts: [...artifacts],
      missing: listMissingArtifacts(failures),
    },
    reason,
    findings: null,
    recordedAt: formatInstant(now()),
    writeId: newId(),
  });
}
