import { ContentionError } from './errors.ts';
import type { Verification } from './verification.ts';
import type { VerificationStore } from './verification-store.ts';
import type { VerificationWrite } from './write.ts';

/** The maximum number of tries. It is higher than the number of simultaneous writes to one case. */
const maxTries = 50;

/**
 * The result of one computation of an update: the write (null if there is nothing to write), and the value that the
 * caller gets after the write.
 */
interface Update<T> {
  readonly write: VerificationWrite | null;
  readonly result: T;
}

/**
 * Updates a verification with optimistic locking. If another writer has changed the verification, this function computes
 * the update again from the changed verification.
 *
 * @param start the known verification; null if nothing is known
 * @param computeUpdate a pure function: each try calls it again
 * @returns the result of the update that was written
 * @throws ContentionError if other writers change the verification during every try
 */
export async function updateVerificationOptimistically<T>(
  store: VerificationStore,
  verificationId: string,
  start: Verification | null,
  computeUpdate: (known: Verification | null) => Update<T>,
): Promise<T> {
  let known = start;
  for (let tries = 0; tries < maxTries; tries++) {
    const { write, result } = computeUpdate(known);
    const found: Verification | null = write && (await store.write(known, write));
    if (found === null) return result;
    known = found;
  }
  throw new ContentionError(verificationId, maxTries);
}
