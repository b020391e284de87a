import type { EvidenceJob } from '../../contract/evidence-job.ts';
import { noFindings } from '../../contract/identity.ts';
import { instant } from '../../parsing/instant.ts';
import type { FailureKind } from '../../provider-api/evidence-error.ts';
import { recordEvidence } from '../../verifications/record-evidence.ts';
import { type Collected, missingArtifacts } from '../archive/collected.ts';
import type { FetchingDependencies } from './job-work.ts';

/**
 * Records `idv.evidence.failed.v1` for a job that is given up. The event lists the artifacts that are archived
 * nevertheless. Publishes nothing if the verification is no longer in the table.
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
      // The folder gets no manifest. If an operator sends the job again, the job can still complete the folder.
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
