import type { EvidenceJob } from '../../shared/contract/evidence-job.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import type { VerificationStore } from '../../shared/verifications/verification-store.ts';

/** The table in memory: a write counts only where nobody else has written since. */
export function memoryVerifications(send: (jobs: readonly EvidenceJob[]) => void) {
  const rows = new Map<string, Verification>();
  const store: VerificationStore = {
    read: async (verificationId) => rows.get(verificationId) ?? null,
    async write(known, { verification, outbox }) {
      const { verificationId } = verification;
      const found = rows.get(verificationId) ?? null;
      if (found?.version !== known?.version) return found;
      rows.set(verificationId, verification);
      send(outbox.jobs);
      return null;
    },
  };
  return { store, rows };
}
