import type { Transition } from '../contract/transition.ts';
import type { AcceptedDecision, DroppedDecision } from '../ordering/decision.ts';
import { applyTransition, type DecisionAndWrite } from './apply-transition.ts';
import { UnknownVerificationError } from './errors.ts';
import {
  readStartOfUpdate,
  type StartOfUpdate,
  updateVerificationOptimistically,
} from './update-optimistically.ts';
import type { Verification } from './verification.ts';
import type { VerificationStore } from './verification-store.ts';
import type { IncomingTransition } from './write.ts';

/**
 * The decision about a transition. An accepted decision also contains the sequence of its event, and tells whether the
 * reference is in conflict. A dropped decision tells whether a legal hold protects the case.
 */
export type RecordedDecision =
  | (DroppedDecision & { readonly isHeld?: true })
  | (AcceptedDecision & Pick<Verification, 'sequence' | 'hasReferenceConflict'>);

/**
 * Decides about a transition and writes the result. It takes as few calls as possible: one if the verification is new or
 * this instance remembers it, else two.
 *
 * @throws ContentionError if other writers change the verification during every try
 */
export async function recordTransition(
  store: VerificationStore,
  incoming: IncomingTransition,
): Promise<RecordedDecision> {
  const { transition } = incoming;
  const start = await chooseStart(store, transition);
  return updateVerificationOptimistically(store, transition.verificationId, start, (known) =>
    computeUpdate(known, incoming),
  );
}

/**
 * Like `recordTransition`, for a transition that a job concluded. The transition belongs to the generation of the job. In
 * another generation, the sequence of the event that requested the job would name another event.
 *
 * @throws UnknownVerificationError if the row of this generation is no longer in the table
 * @throws ContentionError if other writers change the verification during every try
 */
export async function recordTransitionInGeneration(
  store: VerificationStore,
  incoming: IncomingTransition,
  generation: string,
): Promise<RecordedDecision> {
  const { verificationId } = incoming.transition;
  const start = await readStartOfUpdate(store, verificationId);
  return updateVerificationOptimistically(store, verificationId, start, (known) => {
    if (known?.generation !== generation) throw new UnknownVerificationError(verificationId);
    return computeUpdate(known, incoming);
  });
}

function computeUpdate(known: Verification | null, incoming: IncomingTransition) {
  const applied = applyTransition(known, incoming);
  return { write: applied.write, result: recordedDecision(known, applied) };
}

/**
 * Chooses the verification that the first try starts from:
 *
 * - the verification that this instance remembers, without a call;
 * - no verification, without a call, if the transition is usually the first of its case;
 * - else the current verification. Without this read, the first write would fail, and a failed write costs as much as a
 *   write that succeeds.
 */
async function chooseStart(store: VerificationStore, transition: Transition): Promise<StartOfUpdate> {
  const { verificationId } = transition;
  const remembered = store.remembered(verificationId);
  if (remembered !== null) return { known: remembered, isCurrent: false };
  if (isUsuallyFirst(transition)) return { known: null, isCurrent: false };
  return readStartOfUpdate(store, verificationId);
}

/** Checks whether a transition is usually the first of its case: the case was created, has begun, or was submitted. */
function isUsuallyFirst({ origin, phase }: Transition): boolean {
  const isStep = origin.kind === 'statement' && origin.signals === 'step';
  return origin.kind !== 'lookup' && !isStep && ['created', 'in_progress', 'submitted'].includes(phase);
}

function recordedDecision(known: Verification | null, applied: DecisionAndWrite): RecordedDecision {
  if (applied.kind === 'dropped')
    return known?.heldSince === undefined ? applied.decision : { ...applied.decision, isHeld: true };
  const { sequence, hasReferenceConflict } = applied.write.verification;
  return { ...applied.decision, sequence, hasReferenceConflict };
}
