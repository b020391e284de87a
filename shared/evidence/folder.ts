import type { EvidenceJob } from '../contract/evidence-job.ts';
import { pathSafe } from '../platform/path-safe.ts';

type Place = Pick<EvidenceJob, 'provider' | 'verificationId' | 'sequence'>;

/**
 * The folder of a job's evidence: `evidence/{provider}/{verification}/{sequence, 6 digits}`.
 *
 * @example 'evidence/idnow/idnow!democompany!txn-1/000003'
 */
export function folderOf({ provider, verificationId, sequence }: Place): string {
  return `evidence/${provider}/${pathSafe(verificationId)}/${String(sequence).padStart(6, '0')}`;
}
