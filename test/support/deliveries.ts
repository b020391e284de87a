import type { Transition } from '../../shared/contract/transition.ts';
import type { Decision } from '../../shared/ordering/decision.ts';
import { applyTransition } from '../../shared/verifications/apply-transition.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import type { IncomingTransition } from '../../shared/verifications/write.ts';

/** Builds the input of `applyTransition` and `recordTransition` for a transition that does not come from a delivery. */
export function incomingTransition(transition: Transition, writeId = 'a write'): IncomingTransition {
  return {
    transition,
    receivedAt: '2026-11-22T12:00:00Z',
    writeId,
    delivery: null,
  };
}

export interface AppliedTransition {
  readonly decision: Decision;
  readonly before: Verification | null;
  readonly after: Verification | null;
  readonly events: readonly string[];
}

/** Applies transitions one after another to a verification in memory. Returns the effect of each transition. */
export function deliver(
  transitions: readonly Transition[],
  start: Verification | null = null,
): AppliedTransition[] {
  const results: AppliedTransition[] = [];
  let known = start;
  for (const each of transitions) {
    const applied = applyTransition(known, incomingTransition(each));
    const after = applied.write?.verification ?? known;
    const events = applied.write?.outbox.events ?? [];
    results.push({ decision: applied.decision, before: known, after, events });
    known = after;
  }
  return results;
}
