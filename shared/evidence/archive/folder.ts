import type { EvidenceJob } from '../../contract/evidence-job.ts';
import { ownerPath, sequencePath } from '../../verifications/object-keys.ts';

type FolderOwner = Pick<EvidenceJob, 'provider' | 'verificationId' | 'sequence'>;

/**
 * Returns the folder of a job's evidence: `evidence/{provider}/{verification}/{sequence, 6 digits}`.
 *
 * @example 'evidence/idnow/idnow!democompany!txn-1/000003'
 */
export function folderOf(job: FolderOwner): string {
  return `evidence/${ownerPath(job)}/${sequencePath(job.sequence)}`;
}
