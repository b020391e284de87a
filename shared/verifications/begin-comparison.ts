import type { Verification } from './verification.ts';
import type { VerificationStore } from './verification-store.ts';
import { quietWrite } from './write.ts';
import { writeWhileContended } from './write-while-contended.ts';

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
  await writeWhileContended(store, known.verificationId, known, (now) => ({
    write: now?.comparing ? quietWrite(now, writeId, { comparing: null }) : null,
    result: null,
  }));
}
