import type { EvidenceJob } from '../../shared/contract/evidence-job.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import { type VerificationStore, writtenResult } from '../../shared/verifications/verification-store.ts';

/** Creates a table of verifications in memory. A write succeeds only if the row still has the version that was read. */
export function memoryVerifications(send: (jobs: readonly EvidenceJob[]) => void) {
  const rows = new Map<string, Verification>();
  const store: VerificationStore = {
    remembered: () => null,
    read: async (verificationId) => rows.get(verificationId) ?? null,
    async write(known, { verification, outbox }) {
      const { verificationId } = verification;
      const found = rows.get(verificationId) ?? null;
      if (found?.version !== known?.version) return { kind: 'conflict', found };
      rows.set(verificationId, verification);
      send(outbox.jobs);
      return writtenResult;
    },
  };
  return { store, rows };
}
