import type { EvidenceJob } from '../../contract/evidence-job.ts';
import { buildS3PathOfVerification, formatSequenceForKey } from '../../verifications/object-keys.ts';

type FolderOwner = Pick<EvidenceJob, 'provider' | 'verificationId' | 'generation' | 'sequence'>;

/**
 * Returns the folder of a job's evidence: `evidence/{provider}/{verification}/{generation}/{sequence, 6 digits}`.
 *
 * @example 'evidence/idnow/idnow!democompany!txn-1/20261122T101000Z/000003'
 */
export function buildEvidenceFolder(job: FolderOwner): string {
  return `evidence/${buildS3PathOfVerification(job)}/${job.generation}/${formatSequenceForKey(job.sequence)}`;
}
