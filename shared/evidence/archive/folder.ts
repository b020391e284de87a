import type { EvidenceJob } from '../../contract/evidence-job.ts';
import { buildS3PathOfVerification, formatSequenceForKey } from '../../verifications/object-keys.ts';

type FolderOwner = Pick<EvidenceJob, 'provider' | 'verificationId' | 'sequence'>;

/**
 * Returns the folder of a job's evidence: `evidence/{provider}/{verification}/{sequence, 6 digits}`.
 *
 * @example 'evidence/idnow/idnow!democompany!txn-1/000003'
 */
export function buildEvidenceFolder(job: FolderOwner): string {
  return `evidence/${buildS3PathOfVerification(job)}/${formatSequenceForKey(job.sequence)}`;
}
