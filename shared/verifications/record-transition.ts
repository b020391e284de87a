import type { Decision } from '../ordering/decide.ts';
import { type Applied, applyTransition } from './apply-transition.ts';
import { ContentionError } from './errors.ts';
import type { Verification } from './verification.ts';
import type { VerificationStore } from './verification-store.ts';
import type { Arrival } from './write.ts';

/** More than the deliveries of one case that a provider can have under way at once. */
const maxTries = 50;

type Accepted = Extract<Decision, { kind: 'accepted' }>;

/** The decision, with the event that an accepted transition became. */
export type Recorded =
  | Exclude<Decision, Accepted>
  | (Accepted & Pick<Verification, 'sequence' | 'referenceDisputed'>);

/**
 * Decides and writes, write first: most verifications are new to us, and a first delivery then costs one
 * call. A later one fails once, and that very failure brings the item to decide from.
 *
 * @throws ContentionError when others keep changing the verification
 */
export async function recordTransition(store: VerificationStore, arrival: Arrival): Promise<Recorded> {
  let known: Verification | null = null;
  for (let tries = 0; tries < maxTries; tries++) {
    const applied = applyTransition(known, arrival);
    const write = 'write' in applied ? applied.write : applied.note;
    const found: Verification | null = write && (await store.write(known, write));
    if (found === null) return outcomeOf(applied);
    known = found;
  }
  throw new ContentionError(arrival.transition.verificationId, maxTries);
}

function outcomeOf(applied: Applied): Recorded {
  if (!('write' in applied)) return applied.decision;
  const { sequence, referenceDisputed } = applied.write.verification;
  return { ...applied.decision, sequence, referenceDisputed };
}
