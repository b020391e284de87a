import type { EvidenceJob } from '../../contract/evidence-job.ts';
import { noFindings } from '../../contract/identity.ts';
import type { MissingArtifact } from '../../contract/verification-event.ts';
import { instant } from '../../parsing/instant.ts';
import { EvidenceError, type FailureKind } from '../../provider-api/evidence-error.ts';
import { recordEvidence } from '../../verifications/record-evidence.ts';
import type { Archived, Failure } from '../archive/archive-artifacts.ts';
import type { JobDependencies } from './job-dependencies.ts';

/**
 * Tells consumers that a job's evidence will not come, and what there is of it all the same. Of a verification
 * that is gone there is nothing to tell.
 */
export async function recordGivenUp(
  job: EvidenceJob,
  reason: FailureKind,
  { artifacts, failures }: Archived,
  { archive, verifications, now, newId }: JobDependencies,
): Promise<void> {
  if (reason === 'unknown_verification') return;
  await recordEvidence(verifications, {
    verificationId: job.verificationId,
    kind: 'failed',
    reference: null,
    onNothing: job.onNothing,
    notice: {
      requestedBy: job.sequence,
      bucket: artifacts.length > 0 ? archive.bucket : null,
      // Without a manifest: a job that is sent again may still complete the folder.
      manifest: null,
      artifacts: [...artifacts],
      missing: missingOf(failures),
      reason,
    },
    findings: noFindings,
    recordedAt: instant(now()),
    writeId: newId(),
  });
}

/** What is not in the bucket, and why. */
export function missingOf(failures: readonly Failure[]): MissingArtifact[] {
  return failures.flatMap(({ name, error }) => (name === null ? [] : [{ name, reason: kindOf(error) }]));
}

/** What we did not foresee counts as what may pass. */
export const kindOf = (error: unknown): FailureKind =>
  error instanceof EvidenceError ? error.kind : 'transient';
