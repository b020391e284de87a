import type { EvidenceJob } from '../../contract/evidence-job.ts';
import { noFindings } from '../../contract/identity.ts';
import { instant } from '../../parsing/instant.ts';
import type { FailureKind } from '../../provider-api/evidence-error.ts';
import { recordEvidence } from '../../verifications/record-evidence.ts';
import { type Collected, missingArtifacts } from '../archive/collected.ts';
import type { FetchingDependencies } from './job-work.ts';

/**
 * Records `idv.evidence.failed.v1` for a job that is given up, with the artifacts that were archived all the same.
 * Publishes nothing if the verification has left the table.
 */
export async function recordGivenUp(
  job: EvidenceJob,
  reason: FailureKind,
  { artifacts, failures }: Collected,
  { store, verifications, now, newId }: FetchingDependencies,
): Promise<void> {
  if (reason === 'unknown_verification') return;
  await recordEvidence(verifications, {
    verificationId: job.verificationId,
    kind: 'failed',
    reference: null,
    onNothing: job.onNothing,
    notice: {
      requestedBy: job.sequence,
      bucket: artifacts.length > 0 ? store.bucket : null,
      // Writes no manifest, so that the job can still complete the folder if an operator sends the job again.
      manifest: null,
      artifacts: [...artifacts],
      missing: missingArtifacts(failures),
      reason,
    },
    findings: noFindings,
    recordedAt: instant(now()),
    writeId: newId(),
  });
}
