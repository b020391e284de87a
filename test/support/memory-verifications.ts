import type { EvidenceJob } from '../../shared/contract/evidence-job.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import type { VerificationStore } from '../../shared/verifications/verification-store.ts';

/** Creates a table of verifications in memory. A write succeeds only if the row still has the version that was read. */
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
