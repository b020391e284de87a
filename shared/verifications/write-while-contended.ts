import { ContentionError } from './errors.ts';
import type { Verification } from './verification.ts';
import type { VerificationStore } from './verification-store.ts';
import type { Write } from './write.ts';

/** More than the writes of one case that can be under way at once. */
const maxTries = 50;

/** What is to be written of a verification as it is known; null where there is nothing. */
interface Next<T> {
  readonly write: Write | null;
  readonly result: T;
}

/**
 * Writes what follows from what is known, and again from what is found where somebody else has written since.
 *
 * @param next pure: it may be asked several times
 * @returns the result of what was written
 * @throws ContentionError when others keep changing the verification
 */
export async function writeWhileContended<T>(
  store: VerificationStore,
  verificationId: string,
  start: Verification | null,
  next: (known: Verification | null) => Next<T>,
): Promise<T> {
  let known = start;
  for (let tries = 0; tries < maxTries; tries++) {
    const { write, result } = next(known);
    const found: Verification | null = write && (await store.write(known, write));
    if (found === null) return result;
    known = found;
  }
  throw new ContentionError(verificationId, maxTries);
}
