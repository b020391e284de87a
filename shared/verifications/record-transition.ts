import type { Accepted, Dropped } from '../ordering/decision.ts';
import { type Applied, applyTransition } from './apply-transition.ts';
import type { Verification } from './verification.ts';
import type { VerificationStore } from './verification-store.ts';
import type { Arrival } from './write.ts';
import { writeWhileContended } from './write-while-contended.ts';

/** The decision, with the event that an accepted transition became. */
export type Recorded = Dropped | (Accepted & Pick<Verification, 'sequence' | 'referenceDisputed'>);

/**
 * Decides and writes, write first: most verifications are new to us, and a first delivery then costs one
 * call. A later one fails once, and that very failure brings the item to decide from.
 *
 * @throws ContentionError when others keep changing the verification
 */
export async function recordTransition(store: VerificationStore, arrival: Arrival): Promise<Recorded> {
  return writeWhileContended(store, arrival.transition.verificationId, null, (known) => {
    const applied = applyTransition(known, arrival);
    return { write: 'write' in applied ? applied.write : applied.note, result: outcomeOf(applied) };
  });
}

function outcomeOf(applied: Applied): Recorded {
  if (!('write' in applied)) return applied.decision;
  const { sequence, referenceDisputed } = applied.write.verification;
  return { ...applied.decision, sequence, referenceDisputed };
}
