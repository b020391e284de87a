import { isErased } from './apply-erasure.ts';
import { UnknownVerificationError } from './errors.ts';
import { readStartOfUpdate, updateVerificationOptimistically } from './update-optimistically.ts';
import type { Verification } from './verification.ts';
import type { VerificationStore } from './verification-store.ts';
import { buildWriteWithoutEvent, type VerificationWrite } from './write.ts';

interface HoldChange {
  readonly verificationId: string;
  /** Since when the case is held, as an ISO 8601 instant; null to release it. A case that is held stays held since then. */
  readonly heldSince: string | null;
  readonly writeId: string;
}

/**
 * Holds a verification, or releases it. The row carries the hold, so each later write of the case knows it. The change
 * publishes no event, because the hold is no part of the verification.
 *
 * @throws UnknownVerificationError if there is no row, or only the tombstone of an erased case
 * @throws ContentionError if other writers change the verification during every try
 */
export async function recordHold(store: VerificationStore, change: HoldChange): Promise<void> {
  const { verificationId } = change;
  const start = await readStartOfUpdate(store, verificationId);
  await updateVerificationOptimistically(store, verificationId, start, (known) => {
    if (known === null || isErased(known)) throw new UnknownVerificationError(verificationId);
    return { write: writeFor(known, change), result: null };
  });
}

function writeFor(known: Verification, { heldSince, writeId }: HoldChange): VerificationWrite | null {
  if ((known.heldSince === undefined) === (heldSince === null)) return null;
  const { heldSince: _, ...released } = known;
  return heldSince === null
    ? buildWriteWithoutEvent(released, writeId, {})
    : buildWriteWithoutEvent(known, writeId, { heldSince });
}
