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

/** The verification from which an update starts. */
export interface StartOfUpdate {
  /** The verification; null if there is none, or none is known. */
  readonly known: Verification | null;
  /** False if the verification is only a guess, so that an update without a write must read it first. */
  readonly isCurrent: boolean;
}

/**
 * Updates a verification with optimistic locking. If another writer has changed the verification, this function computes
 * the update again from the changed verification.
 *
 * The start may be a guess: the write then fails if the guess is wrong. But an update that writes nothing is never based
 * on a guess.
 *
 * @param computeUpdate a pure function: each try calls it again
 * @returns the result of the update that was written
 * @throws ContentionError if other writers change the verification during every try
 */
export async function updateVerificationOptimistically<T>(
  store: VerificationStore,
  verificationId: string,
  start: StartOfUpdate,
  computeUpdate: (known: Verification | null) => Update<T>,
): Promise<T> {
  let { known, isCurrent } = start;
  for (let tries = 0; tries < maxTries; tries++) {
    const { write, result } = computeUpdate(known);
    if (write === null && isCurrent) return result;
    if (write === null) {
      known = await store.read(verificationId);
    } else {
      const outcome = await store.write(known, write);
      if (outcome.kind === 'written') return result;
      known = outcome.found;
    }
    isCurrent = true;
  }
  throw new ContentionError(verificationId, maxTries);
}

/** Reads a verification as the start of an update. */
export async function readStartOfUpdate(
  store: VerificationStore,
  verificationId: string,
): Promise<StartOfUpdate> {
  return { known: await store.read(verificationId), isCurrent: true };
}
