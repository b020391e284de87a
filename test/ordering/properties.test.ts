import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Transition } from '../../shared/contract/transition.ts';
import { anyDeliveries, confirmedWords, distinctDeliveries, endOf, lastWord } from '../support/histories.ts';
import { at, hint, lookup, statement, transition } from '../support/transitions.ts';
import { follow } from './follow.ts';

const permutations = <T>(list: readonly T[]): T[][] =>
  list.length < 2
    ? [[...list]]
    : list.flatMap((first, index) =>
        permutations(list.toSpliced(index, 1)).map((others) => [first, ...others]),
      );

describe('whatever is delivered, in whatever order', () => {
  test('a final state never becomes provisional', () => {
    fc.assert(
      fc.property(anyDeliveries, (deliveries) =>
        follow(deliveries).every(
          ({ before, after }) => before?.known.stage !== 'final' || after.known.stage === 'final',
        ),
      ),
      { numRuns: 500 },
    );
  });

  test('what is dropped changes nothing, and says why', () => {
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

  test('the same delivery again at once changes nothing', () => {
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

  test('no delivery counts twice within an attempt, but for the START of the next', () => {
    fc.assert(
      fc.property(anyDeliveries, fc.infiniteStream(fc.nat()), (deliveries, picks) => {
        // Prepare: each delivery, and then one of those before it again.
        const interleaved = deliveries.flatMap((each, index) => [
          each,
          deliveries[picks.next().value % (index + 1)] ?? each,
        ]);
        // Act
        const steps = follow(interleaved);
        // Assess
        const counted = new Set<string>();
        for (const [index, { decision, after }] of steps.entries()) {
          if (decision.kind !== 'accepted') continue;
          const key = `${after.known.attempt} ${interleaved[index]?.fingerprint}`;
          expect(counted).not.toContain(key);
          counted.add(key);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('the attempt never goes back', () => {
    fc.assert(
      fc.property(anyDeliveries, (deliveries) =>
        follow(deliveries).every(({ before, after }) => after.known.attempt >= (before?.known.attempt ?? 0)),
      ),
    );
  });
});

describe('deliveries with distinct times', () => {
  function endsAs(deliveries: readonly Transition[], order: readonly Transition[]): void {
    expect(endOf(follow(order).at(-1)?.after.state)).toEqual(endOf(lastWord(deliveries)));
  }

  test('end the same in all orders: every set of three words', () => {
    for (const first of confirmedWords)
      for (const second of confirmedWords)
        for (const third of confirmedWords) {
          const set = [first, second, third].map((word, index) =>
            transition(word, { occurredAt: at(index), fingerprint: String(index) }),
          );
          for (const order of permutations(set)) endsAs(set, order);
        }
  });

  test('end the same in all orders: sets of five', () => {
    fc.assert(
      fc.property(distinctDeliveries(5), (deliveries) => {
        for (const order of permutations(deliveries)) endsAs(deliveries, order);
      }),
      { numRuns: 60 },
    );
  });

  test('end the same in some orders, with duplicates in between: sets of twelve', () => {
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
        endsAs(deliveries, order);
      }),
      { numRuns: 500 },
    );
  });

  test('fetched end in the highest of them, and of those in the one that was asked for last', () => {
    const words = ['SUCCESS', 'EXPIRED', 'USER_APPROVED', 'USER_REJECTED'] as const;
    const results = fc
      .array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 })
      .map((list) =>
        list.map((word, index) =>
          transition(word, { origin: lookup(index + 1), fingerprint: `${word} ${index}`, occurredAt: null }),
        ),
      );
    fc.assert(
      fc.property(results, (set) => {
        const highest = Math.max(...set.map(({ rank }) => rank));
        const last = set.findLast(({ rank }) => rank === highest);
        for (const order of permutations(set)) {
          expect(endOf(follow(order).at(-1)?.after.state)).toEqual(endOf(last));
        }
      }),
      { numRuns: 100 },
    );
  });

  test('delivered undo nothing that was fetched, whatever agreed with it in between', () => {
    const code = (name: string) => [{ code: name, category: 'other' as const, providerCode: name }];
    const arriving = fc.record({
      word: fc.constantFrom('SUCCESS' as const, 'FRAUD_SUSPICION_CONFIRMED' as const),
      requestedBy: fc.option(fc.integer({ min: 1, max: 20 }), { freq: 2 }),
      reason: fc.constantFrom('A', 'B'),
    });
    fc.assert(
      fc.property(fc.array(arriving, { minLength: 1, maxLength: 10 }), (set) => {
        // Prepare: one result a job.
        const words = set.map(({ word, requestedBy, reason }, index) =>
          transition(word, {
            origin: requestedBy === null ? statement : lookup(requestedBy * 100 + index),
            fingerprint: String(index),
            occurredAt: null,
            reasons: code(reason),
          }),
        );
        // Act
        const steps = follow(words);
        // Assess
        for (const [index, { after }] of steps.entries()) {
          const requestOf = ({ origin }: Transition) => (origin.kind === 'lookup' ? origin.requestedBy : 0);
          const fetched = words.slice(0, index + 1).filter(({ origin }) => origin.kind === 'lookup');
          const last = fetched.toSorted((a, b) => requestOf(b) - requestOf(a))[0];
          if (last !== undefined) expect(endOf(after.state)).toEqual(endOf(last));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('without confirmation end in the furthest of them, and the newest of those', () => {
    const words = fc.uniqueArray(
      fc.tuple(fc.constantFrom('WEBHOOK' as const, 'CHECK_PENDING' as const), fc.nat({ max: 59 })),
      { minLength: 1, maxLength: 4, selector: ([, minute]) => minute },
    );
    fc.assert(
      fc.property(words, (set) => {
        // Prepare: the provider's word tells the deliveries apart.
        const deliveries = set.map(([word, minute]) =>
          transition(word, { occurredAt: at(minute), origin: hint, providerStatus: `${word} ${minute}` }),
        );
        const furthest = set.some(([word]) => word === 'CHECK_PENDING') ? 'CHECK_PENDING' : 'WEBHOOK';
        const newest = Math.max(...set.filter(([word]) => word === furthest).map(([, minute]) => minute));
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
