import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Transition } from '../../shared/contract/transition.ts';
import {
  anyDeliveries,
  distinctDeliveries,
  endStateOf,
  expectedEnd,
  statementStatuses,
} from '../support/histories.ts';
import { at, hint, lookup, statement, transition } from '../support/transitions.ts';
import { follow } from './follow.ts';

const permutations = <T>(list: readonly T[]): T[][] =>
  list.length < 2
    ? [[...list]]
    : list.flatMap((first, index) =>
        permutations(list.toSpliced(index, 1)).map((others) => [first, ...others]),
      );

describe('any deliveries in any order', () => {
  test('a final state never becomes provisional', () => {
    fc.assert(
      fc.property(anyDeliveries, (deliveries) =>
        follow(deliveries).every(
          ({ before, after }) => before?.known.progress !== 'final' || after.known.progress === 'final',
        ),
      ),
      { numRuns: 500 },
    );
  });

  test('a dropped transition changes nothing and has a known reason', () => {
    const reasons = [
      'seen',
      'same-meaning',
      'after-final',
      'older-final',
      'previous-attempt',
      'out-of-order',
    ];
    fc.assert(
      fc.property(anyDeliveries, (deliveries) => {
        for (const { decision, before, after } of follow(deliveries)) {
          if (decision.kind === 'accepted') continue;
          expect(reasons).toContain(decision.reason);
          expect(after).toEqual(before);
        }
      }),
    );
  });

  test('an immediate repetition of a delivery changes nothing', () => {
    fc.assert(
      fc.property(anyDeliveries, (deliveries) => {
        const once = follow(deliveries).at(-1)?.after ?? null;
        const [again] = follow(deliveries.slice(-1), once);
        expect(again?.decision.kind).not.toBe('accepted');
        expect(again?.after).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });

  test('no delivery is accepted twice in one attempt', () => {
    fc.assert(
      fc.property(anyDeliveries, fc.infiniteStream(fc.nat()), (deliveries, picks) => {
        // Prepare: repeat an earlier delivery after each delivery.
        const interleaved = deliveries.flatMap((each, index) => [
          each,
          deliveries[picks.next().value % (index + 1)] ?? each,
        ]);
        // Act
        const steps = follow(interleaved);
        // Assess
        const accepted: string[] = [];
        for (const [index, { decision, after }] of steps.entries()) {
          if (decision.kind !== 'accepted') continue;
          accepted.push(`${after.known.attempt} ${interleaved[index]?.fingerprint}`);
        }
        expect(accepted).toEqual([...new Set(accepted)]);
      }),
      { numRuns: 500 },
    );
  });

  test('the number of the current attempt never decreases', () => {
    fc.assert(
      fc.property(anyDeliveries, (deliveries) =>
        follow(deliveries).every(({ before, after }) => after.known.attempt >= (before?.known.attempt ?? 0)),
      ),
    );
  });
});

describe('the order of arrival', () => {
  /** Returns the orders of these deliveries that end in another state than the expected one. */
  function ordersWithAnotherEnd(
    orders: readonly (readonly Transition[])[],
    expected: Transition | undefined,
  ): string[] {
    const expectedState = JSON.stringify(endStateOf(expected));
    return orders
      .filter((order) => JSON.stringify(endStateOf(follow(order).at(-1)?.after.state)) !== expectedState)
      .map((order) =>
        order.map(({ providerStatus, occurredAt }) => `${providerStatus} ${occurredAt}`).join(' · '),
      );
  }

  test('three statements with distinct times end in the same state in all orders, for every set of statuses', () => {
    const wrong = statementStatuses.flatMap((first) =>
      statementStatuses.flatMap((second) =>
        statementStatuses.flatMap((third) => {
          const set = [first, second, third].map((status, index) =>
            transition(status, { occurredAt: at(index), fingerprint: String(index) }),
          );
          return ordersWithAnotherEnd(permutations(set), expectedEnd(set));
        }),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test('five statements with distinct times end in the same state in all orders', () => {
    fc.assert(
      fc.property(distinctDeliveries(5), (deliveries) => {
        const wrong = ordersWithAnotherEnd(permutations(deliveries), expectedEnd(deliveries));
        expect(wrong).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('twelve statements with distinct times and duplicates end in the same state in random orders', () => {
    const shuffled = distinctDeliveries(12).chain((deliveries) =>
      fc.tuple(
        fc.constant(deliveries),
        fc
          .array(fc.constantFrom(...deliveries), { maxLength: 12 })
          .chain((again) =>
            fc.shuffledSubarray([...deliveries, ...again], { minLength: deliveries.length + again.length }),
          ),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([deliveries, order]) => {
        expect(ordersWithAnotherEnd([order], expectedEnd(deliveries))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('in any order, lookups end in the highest rank, and in the last requested lookup with this rank', () => {
    const statuses = ['SUCCESS', 'EXPIRED', 'USER_APPROVED', 'USER_REJECTED'] as const;
    const results = fc.array(fc.constantFrom(...statuses), { minLength: 1, maxLength: 5 }).map((list) =>
      list.map((status, index) =>
        transition(status, {
          origin: lookup(index + 1),
          fingerprint: `${status} ${index}`,
          occurredAt: null,
        }),
      ),
    );
    fc.assert(
      fc.property(results, (set) => {
        const highest = Math.max(...set.map(({ rank }) => rank));
        const last = set.findLast(({ rank }) => rank === highest);
        expect(ordersWithAnotherEnd(permutations(set), last)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('a statement without a time never replaces a lookup of the same rank', () => {
    const code = (name: string) => [{ code: name, category: 'other' as const, providerCode: name }];
    const results = fc.record({
      status: fc.constantFrom('SUCCESS' as const, 'FRAUD_SUSPICION_CONFIRMED' as const),
      requestedBy: fc.option(fc.integer({ min: 1, max: 20 }), { freq: 2 }),
      reason: fc.constantFrom('A', 'B'),
    });
    fc.assert(
      fc.property(fc.array(results, { minLength: 1, maxLength: 10 }), (set) => {
        // Prepare: give each lookup its own requesting event, because a job fetches only one result.
        const transitions = set.map(({ status, requestedBy, reason }, index) =>
          transition(status, {
            origin: requestedBy === null ? statement : lookup(requestedBy * 100 + index),
            fingerprint: String(index),
            occurredAt: null,
            reasons: code(reason),
          }),
        );
        // Act
        const steps = follow(transitions);
        // Assess
        for (const [index, { after }] of steps.entries()) {
          const requestOf = ({ origin }: Transition) => (origin.kind === 'lookup' ? origin.requestedBy : 0);
          const lookups = transitions.slice(0, index + 1).filter(({ origin }) => origin.kind === 'lookup');
          const last = lookups.toSorted((a, b) => requestOf(b) - requestOf(a))[0];
          if (last !== undefined) expect(endStateOf(after.state)).toEqual(endStateOf(last));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('hints end in the highest rank, and in the newest hint with this rank', () => {
    const statuses = fc.uniqueArray(
      fc.tuple(fc.constantFrom('WEBHOOK' as const, 'CHECK_PENDING' as const), fc.nat({ max: 59 })),
      { minLength: 1, maxLength: 4, selector: ([, minute]) => minute },
    );
    fc.assert(
      fc.property(statuses, (set) => {
        // Prepare: give each delivery its own provider status.
        const deliveries = set.map(([status, minute]) =>
          transition(status, { occurredAt: at(minute), origin: hint, providerStatus: `${status} ${minute}` }),
        );
        const furthest = set.some(([status]) => status === 'CHECK_PENDING') ? 'CHECK_PENDING' : 'WEBHOOK';
        const newest = Math.max(...set.filter(([status]) => status === furthest).map(([, minute]) => minute));
        for (const order of permutations(deliveries)) {
          // Act
          const end = follow(order).at(-1)?.after.state;
          // Assess
          expect(end?.providerStatus).toBe(`${furthest} ${newest}`);
        }
      }),
    );
  });
});
