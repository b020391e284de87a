import { applyErasure, type Erasure, isErased } from './apply-erasure.ts';
import { CaseIsHeldError } from './errors.ts';
import { readStartOfUpdate, updateVerificationOptimistically } from './update-optimistically.ts';
import type { VerificationStore } from './verification-store.ts';

/**
 * Replaces a verification by its tombstone. Erasing an erased verification writes nothing.
 *
 * @throws CaseIsHeldError if a legal hold protects the case
 * @throws ContentionError if other writers change the verification during every try
 */
export async function recordErasure(store: VerificationStore, erasure: Erasure): Promise<void> {
  const { verificationId } = erasure;
  const start = await readStartOfUpdate(store, verificationId);
  await updateVerificationOptimistically(store, verificationId, start, (known) => {
    if (known?.heldSince !== undefined) throw new CaseIsHeldError(verificationId);
    const write = known !== null && isErased(known) ? null : applyErasure(known, erasure);
    return { write, result: null };
  });
}
