import type { AcceptedDecision, DroppedDecision } from '../ordering/decision.ts';
import { applyTransition, type DecisionAndWrite } from './apply-transition.ts';
import { updateVerificationOptimistically } from './update-optimistically.ts';
import type { Verification } from './verification.ts';
import type { VerificationStore } from './verification-store.ts';
import type { IncomingTransition } from './write.ts';

/**
 * The decision about a transition. An accepted decision also contains the sequence of its event, and tells whether the
 * reference is in conflict.
 */
export type RecordedDecision =
  | DroppedDecision
  | (AcceptedDecision & Pick<Verification, 'sequence' | 'hasReferenceConflict'>);

/**
 * Decides about a transition and writes the result. The first try reads nothing: it assumes that the verification is
 * new. So the first delivery of a verification costs one call. If the verification exists, the first write fails.
 * DynamoDB's error then contains the current item, and the next try uses this item.
 *
 * @throws ContentionError if other writers change the verification during every try
 */
export async function recordTransition(
  store: VerificationStore,
  incoming: IncomingTransition,
): Promise<RecordedDecision> {
  return updateVerificationOptimistically(store, incoming.transition.verificationId, null, (known) => {
    const applied = applyTransition(known, incoming);
    return { write: applied.write, result: recordedDecision(applied) };
  });
}

function recordedDecision(applied: DecisionAndWrite): RecordedDecision {
  if (applied.kind === 'dropped') return applied.decision;
  const { sequence, hasReferenceConflict } = applied.write.verification;
  return { ...applied.decision, sequence, hasReferenceConflict };
}
