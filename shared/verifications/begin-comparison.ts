import { ContentionError } from './errors.ts';
import type { Verification } from './verification.ts';
import type { VerificationStore } from './verification-store.ts';

const maxTries = 50;

/**
 * Notes that the comparison begins which was asked for: a repetition that comes from now on asks for another.
 *
 * @throws ContentionError when others keep changing the verification
 */
export async function beginComparison(
  store: VerificationStore,
  known: Verification,
  writeId: string,
): Promise<void> {
  let now: Verification | null = known;
  for (let tries = 0; tries < maxTries; tries++) {
    if (now === null || now.comparing === null) return;
    now = await store.write(now, {
      verification: { ...now, comparing: null, version: now.version + 1 },
      outbox: { writeId, events: [], jobs: [], delivery: null },
    });
  }
  throw new ContentionError(known.verificationId, maxTries);
}
