import * as fc from 'fast-check';
import type { State } from '../../shared/contract/state.ts';
import type { Transition } from '../../shared/contract/transition.ts';
import { at, hint, type StatusWord, statement, transition } from './transitions.ts';

/** The words of IDnow's table, and results of other providers: one of its rank, two of a human's. */
export const confirmedWords = [
  'CREATED',
  'START',
  'ABORTED',
  'CHECK_PENDING',
  'REVIEW_PENDING',
  'FRAUD_SUSPICION_PENDING',
  'CANCELED',
  'EXPIRED',
  'SUCCESS',
  'SUCCESS_DATA_CHANGED',
  'FRAUD_SUSPICION_CONFIRMED',
  'USER_APPROVED',
  'USER_REJECTED',
] as const satisfies StatusWord[];

const minute = fc.integer({ min: 0, max: 59 });

/** Any deliveries of one case: times missing or equal, bodies that repeat. */
export const anyDeliveries = fc.array(
  fc
    .record({
      word: fc.constantFrom(...confirmedWords),
      minute: fc.option(minute, { freq: 3 }),
      body: fc.nat({ max: 2 }),
      // Two of the words have an unconfirmed sender elsewhere.
      unconfirmed: fc.option(fc.constantFrom('WEBHOOK', 'CHECK_PENDING'), { freq: 5 }),
    })
    .map(({ word, minute, body, unconfirmed }) =>
      transition(unconfirmed ?? word, {
        occurredAt: minute === null ? null : at(minute),
        fingerprint: `${unconfirmed ?? word} ${minute} ${body}`,
        origin: unconfirmed === null ? statement : hint,
      }),
    ),
  { minLength: 1, maxLength: 12 },
);

/** Confirmed deliveries of one case, each at its own time. */
export const distinctDeliveries = (maxLength: number) =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...confirmedWords), minute), {
      minLength: 1,
      maxLength,
      selector: ([, time]) => time,
    })
    .map((deliveries) => deliveries.map(([word, time]) => transition(word, { occurredAt: at(time) })));

/** What the case must end as: the newest of the highest results, and without a result the newest word. */
export function lastWord(deliveries: readonly Transition[]): Transition | undefined {
  const results = deliveries.filter(({ finality }) => finality === 'final');
  const highest = Math.max(...results.map(({ rank }) => rank));
  const counting = results.length > 0 ? results.filter(({ rank }) => rank === highest) : deliveries;
  return counting.toSorted((a, b) => (String(a.occurredAt) < String(b.occurredAt) ? 1 : -1))[0];
}

export function endOf(state: State | null | undefined) {
  return [state?.phase, state?.outcome, state?.finality, state?.providerStatus];
}
