import type { EvidenceJob } from '../../contract/evidence-job.ts';
import { ownerPath, sequencePath } from '../../verifications/object-keys.ts';

type Place = Pick<EvidenceJob, 'provider' | 'verificationId' | 'sequence'>;

/**
 * The folder of a job's evidence: `evidence/{provider}/{verification}/{sequence, 6 digits}`.
 *
 * @example 'evidence/idnow/idnow!democompany!txn-1/000003'
 */
export function folderOf(place: Place): string {
  return `evidence/${ownerPath(place)}/${sequencePath(place.sequence)}`;
}
