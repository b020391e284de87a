import type { EvidenceJob } from '../../shared/contract/evidence-job.ts';
import type { Outbox } from '../../shared/verifications/outbox.ts';
import { carryWrite } from '../../shared/verifications/unconfirmed-writes.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import { type VerificationStore, writtenResult } from '../../shared/verifications/verification-store.ts';

/**
 * Creates a table of verifications in memory. A write succeeds only if the row still has the version that was read. `rows`
 * has the rows without their outboxes.
 */
export function memoryVerifications(send: (jobs: readonly EvidenceJob[]) => void) {
  const rows = new Map<string, Verification>();
  const outboxes = new Map<string, Outbox>();
  const read = (verificationId: string): Verification | null => {
    const verification = rows.get(verificationId);
    if (verification === undefined) return null;
    const outbox = outboxes.get(verification.version) ?? { event: null, jobs: [], delivery: null };
    return carryWrite({ verification, outbox });
  };
  const store: VerificationStore = {
    remembered: () => null,
    read: async (verificationId) => read(verificationId),
    async write(known, { verification, outbox }) {
      const { verificationId } = verification;
      const found = read(verificationId);
      if (found?.version !== known?.version) return { kind: 'conflict', found };
      rows.set(verificationId, verification);
      outboxes.set(verification.version, outbox);
      send(outbox.jobs);
      return writtenResult;
    },
  };
  return { store, rows };
}
