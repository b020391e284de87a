import type { Transition } from '../../shared/contract/transition.ts';
import type { Decision } from '../../shared/ordering/decision.ts';
import { applyTransition } from '../../shared/verifications/apply-transition.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import type { Arrival } from '../../shared/verifications/write.ts';

export function arrivalOf(arriving: Transition, writeId = 'a write'): Arrival {
  return {
    transition: arriving,
    receivedAt: '2026-11-22T12:00:00Z',
    writeId,
    delivery: null,
  };
}

export interface Step {
  readonly decision: Decision;
  readonly before: Verification | null;
  readonly after: Verification | null;
  readonly events: readonly string[];
}

/** Delivers one after the other, to a verification in memory. */
export function deliver(arriving: readonly Transition[], start: Verification | null = null): Step[] {
  const steps: Step[] = [];
  let known = start;
  for (const each of arriving) {
    const applied = applyTransition(known, arrivalOf(each));
    const written = 'write' in applied ? applied.write : applied.note;
    const after = written?.verification ?? known;
    const events = 'write' in applied ? applied.write.outbox.events : [];
    steps.push({ decision: applied.decision, before: known, after, events });
    known = after;
  }
  return steps;
}
