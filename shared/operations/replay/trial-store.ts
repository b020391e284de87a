import type { Verification } from '../../verifications/verification.ts';
import { type VerificationStore, writtenResult } from '../../verifications/verification-store.ts';

/**
 * Wraps the table of verifications for a dry run: it reads the table, and keeps all writes in memory. So a dry run takes
 * the same decisions as the run itself, also if several deliveries of one case follow each other.
 */
export function createTrialStore(table: VerificationStore): VerificationStore {
  const written = new Map<string, Verification>();
  const read = async (verificationId: string) =>
    written.get(verificationId) ?? (await table.read(verificationId));
  return {
    remembered: () => null,
    read,
    async write(known, { verification }) {
      const found = await read(verification.verificationId);
      if (found?.version !== known?.version) return { kind: 'conflict', found };
      written.set(verification.verificationId, verification);
      return writtenResult;
    },
  };
}
