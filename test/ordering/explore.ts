import type { Transition } from '../../shared/contract/transition.ts';
import {
  at,
  hint,
  lookup,
  statement,
  statementWithEvidence,
  step,
  transition,
} from '../support/transitions.ts';

/**
 * Visits every history of at most `length` transitions from `alphabet`. A history may contain a transition several times.
 *
 * @param take computes the value of a history from the value before its last transition
 */
export function explore<Before>(
  alphabet: readonly Transition[],
  length: number,
  start: Before,
  take: (before: Before, history: readonly Transition[], last: Transition) => Before,
): void {
  const extend = (before: Before, history: readonly Transition[]) => {
    if (history.length === length) return;
    for (const last of alphabet) {
      const longer = [...history, last];
      extend(take(before, longer, last), longer);
    }
  };
  extend(start, []);
}

const withEvidence = { origin: statementWithEvidence };

/** Nine transitions of one case per provider. Some have the same time, the same rank, or the same requesting event. */
export const alphabets = {
  idnow: [
    transition('CREATED'),
    transition('START'),
    transition('ABORTED'),
    transition('CHECK_PENDING', { occurredAt: at(1) }),
    transition('CANCELED', { occurredAt: at(2) }),
    transition('SUCCESS', { ...withEvidence, occurredAt: at(3) }),
    transition('REVIEW_PENDING', { occurredAt: at(4) }),
    transition('CANCELED', { occurredAt: at(5) }),
    transition('FRAUD_SUSPICION_CONFIRMED', { ...withEvidence, occurredAt: at(6) }),
  ],
  id360: [
    transition('CREATED'),
    transition('START', { origin: step, fingerprint: 'a step' }),
    transition('SUCCESS', withEvidence),
    transition('FRAUD_SUSPICION_CONFIRMED', withEvidence),
    transition('EXPIRED', { origin: statement }),
    transition('SUCCESS', { origin: lookup(1), fingerprint: 'OK for 1' }),
    transition('FRAUD_SUSPICION_CONFIRMED', { origin: lookup(2), fingerprint: 'KO for 2' }),
    transition('SUCCESS', { origin: lookup(3), fingerprint: 'OK for 3', occurredAt: at(5) }),
    transition('FRAUD_SUSPICION_CONFIRMED', {
      origin: lookup(1),
      fingerprint: 'KO for 1',
      occurredAt: at(6),
    }),
  ],
  datakeen: [
    transition('WEBHOOK', { origin: hint }),
    transition('WEBHOOK', { origin: hint, fingerprint: 'user_approved' }),
    transition('CHECK_PENDING', { origin: hint }),
    transition('SUCCESS', { origin: lookup(1), rank: 35, fingerprint: 'approved for 1' }),
    transition('FRAUD_SUSPICION_CONFIRMED', { origin: lookup(2), rank: 35, fingerprint: 'declined for 2' }),
    transition('EXPIRED', { origin: lookup(3, 'revise'), rank: 35, fingerprint: 'no verdict for 3' }),
    transition('CHECK_PENDING', { origin: lookup(2), fingerprint: 'verify for 2' }),
    transition('USER_APPROVED', { origin: lookup(1), fingerprint: 'user_approved for 1' }),
    transition('USER_REJECTED', { origin: lookup(3), fingerprint: 'user_rejected for 3' }),
  ],
} as const;
