import { encodeWrite } from './encode-write.ts';
import { carryWrite } from './unconfirmed-writes.ts';
import type { Verification } from './verification.ts';
import type { VerificationStore } from './verification-store.ts';

/** The number of verifications that an instance remembers. */
const maxRemembered = 1000;

/**
 * The longest content that an instance remembers: findings, evidence and the newest unconfirmed write, in characters of JSON.
 * Real cases have 4,000 to 16,000 characters. With earlier unconfirmed writes, a verification of maximum length takes about
 * 100 KB, and 1,000 of them take 100 MB.
 */
const maxContentLength = 32 * 1024;

/**
 * Wraps a store so that it remembers the verifications that it has written, read or found. The next delivery of the same
 * case at this instance then needs no read. The memory may be out of date, but a write that is computed from an old
 * version fails.
 */
export function rememberVerifications(store: VerificationStore, max = maxRemembered): VerificationStore {
  // A map keeps its keys in insertion order, so the first key is the one that was used longest ago.
  const memory = new Map<string, Verification>();
  const remember = (verificationId: string, verification: Verification | null) => {
    memory.delete(verificationId);
    if (verification === null || isLarge(verification)) return;
    memory.set(verificationId, verification);
    const oldest = memory.size > max ? memory.keys().next().value : undefined;
    if (oldest !== undefined) memory.delete(oldest);
  };
  return {
    remembered: (verificationId) => memory.get(verificationId) ?? null,
    async read(verificationId) {
      const found = await store.read(verificationId);
      remember(verificationId, found);
      return found;
    },
    async write(known, write) {
      const { verificationId } = write.verification;
      // Forget the verification before the write: if the write throws an error, its outcome is unknown.
      memory.delete(verificationId);
      const result = await store.write(known, write);
      remember(verificationId, result.kind === 'written' ? carryWrite(write) : result.found);
      return result;
    },
  };
}

function isLarge({ findings, evidence, unconfirmed }: Verification): boolean {
  const newest = unconfirmed?.at(-1);
  const { length } = JSON.stringify([findings.inline, evidence]);
  return length + (newest === undefined ? 0 : encodeWrite(newest).length) > maxContentLength;
}
