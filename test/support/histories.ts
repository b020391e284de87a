import * as fc from 'fast-check';
import type { VerificationState } from '../../shared/contract/state.ts';
import type { Transition } from '../../shared/contract/transition.ts';
import { at, hint, type StatusName, statement, transition } from './transitions.ts';

/**
 * The statuses of random statements: the statuses of IDnow, and three final statuses of other providers. These three
 * are EXPIRED, and USER_APPROVED and USER_REJECTED, which an analyst sets.
 */
export const statementStatuses = [
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
] as const satisfies StatusName[];

const minute = fc.integer({ min: 0, max: 59 });

/** Random statements and hints about one case. Times may be missing or equal, and bodies may repeat. */
export const anyDeliveries = fc.array(
  fc
    .record({
      status: fc.constantFrom(...statementStatuses),
      minute: fc.option(minute, { freq: 3 }),
      body: fc.nat({ max: 2 }),
      // If `hinted` is set, the transition is a hint with this status. Otherwise it is a statement.
      hinted: fc.option(fc.constantFrom('WEBHOOK', 'CHECK_PENDING'), { freq: 5 }),
    })
    .map(({ status, minute, body, hinted }) =>
      transition(hinted ?? status, {
        occurredAt: minute === null ? null : at(minute),
        fingerprint: `${hinted ?? status} ${minute} ${body}`,
        origin: hinted === null ? statement : hint,
      }),
    ),
  { minLength: 1, maxLength: 12 },
);

/** Random statements about one case, each with a different time. */
export const distinctDeliveries = (maxLength: number) =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...statementStatuses), minute), {
      minLength: 1,
      maxLength,
      selector: ([, time]) => time,
    })
    .map((deliveries) => deliveries.map(([status, time]) => transition(status, { occurredAt: at(time) })));

/**
 * Returns the statement that must set the last state of a case. This is the newest of the final statements with the
 * highest rank. If no statement is final, it is the newest statement.
 */
export function expectedEnd(deliveries: readonly Transition[]): Transition | undefined {
  const results = deliveries.filter(({ finality }) => finality === 'final');
  const highest = Math.max(...results.map(({ rank }) => rank));
  const candidates = results.length > 0 ? results.filter(({ rank }) => rank === highest) : deliveries;
  return candidates.toSorted((a, b) => (String(a.occurredAt) < String(b.occurredAt) ? 1 : -1))[0];
}

/** Returns the fields of a case's last state that tests compare: phase, outcome, finality and provider status. */
export function endStateOf(state: VerificationState | null | undefined) {
  return [state?.phase, state?.outcome, state?.finality, state?.providerStatus];
}
