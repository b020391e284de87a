import type { Transition } from '../../shared/contract/transition.ts';
import { VerificationEvent } from '../../shared/contract/verification-event.ts';
import type { Decision } from '../../shared/ordering/decision.ts';
import { applyTransition } from '../../shared/verifications/apply-transition.ts';
import { buildEvent } from '../../shared/verifications/build-event.ts';
import type { Delivery } from '../../shared/verifications/delivery.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import type { IncomingTransition, VerificationWrite } from '../../shared/verifications/write.ts';

/** Builds the input of `applyTransition` and `recordTransition` for a transition that does not come from a delivery. */
export function incomingTransition(transition: Transition, writeId = 'a write'): IncomingTransition {
  return {
    transition,
    receivedAt: '2026-11-22T12:00:00Z',
    writeId,
    delivery: null,
  };
}

/** Builds the event of a write, as the relay publishes it. @returns null if the write publishes no event */
export function eventOfWrite({ verification, outbox }: VerificationWrite): VerificationEvent | null {
  return outbox.event && VerificationEvent.parse(buildEvent(verification, outbox.event));
}

/** Makes a delivery of IDnow. `changes` replaces its fields. */
export function makeDelivery(changes: Partial<Delivery> = {}): Delivery {
  return {
    deliveryId: 'a-delivery',
    provider: 'idnow',
    receivedAt: '2026-11-22T12:00:00Z',
    sourceIp: '192.0.2.1',
    reference: null,
    signature: 'none',
    softwareVersion: '1.0.0',
    body: { kind: 'text', text: '{}' },
    ...changes,
  };
}

export interface AppliedTransition {
  readonly decision: Decision;
  readonly before: Verification | null;
  readonly after: Verification | null;
  /** The published event; null if the transition publishes none. */
  readonly event: VerificationEvent | null;
}

/**
 * Applies transitions one after another to a verification in memory. The writes have the ids `write 1`, `write 2` … of
 * their transitions. Returns the effect of each transition.
 */
export function deliver(
  transitions: readonly Transition[],
  start: Verification | null = null,
): AppliedTransition[] {
  const results: AppliedTransition[] = [];
  let known = start;
  for (const [index, each] of transitions.entries()) {
    const applied = applyTransition(known, incomingTransition(each, `write ${index + 1}`));
    const after = applied.write?.verification ?? known;
    const event = applied.write && eventOfWrite(applied.write);
    results.push({ decision: applied.decision, before: known, after, event });
    known = after;
  }
  return results;
}
