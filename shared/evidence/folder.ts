import type { EvidenceJob } from '../contract/evidence-job.ts';

type Place = Pick<EvidenceJob, 'provider' | 'verificationId' | 'sequence'>;

/**
 * The folder of a job's evidence: `evidence/{provider}/{verification}/{sequence, 6 digits}`. In the
 * verification's id, `!` stands for each character that S3 keys had better not have; ids never hold a `!`.
 *
 * @example 'evidence/idnow/idnow!democompany!txn-1/000003'
 */
export function folderOf({ provider, verificationId, sequence }: Place): string {
  const pathSafe = verificationId.replaceAll(':', '!').replaceAll('%', '!!');
  return `evidence/${provider}/${pathSafe}/${String(sequence).padStart(6, '0')}`;
}
