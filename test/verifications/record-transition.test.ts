import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ContentionError } from '../../shared/verifications/errors.ts';
import { recordTransition } from '../../shared/verifications/record-transition.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import type { VerificationStore } from '../../shared/verifications/verification-store.ts';
import { arrivalOf } from '../support/deliveries.ts';
import { anyDeliveries, distinctDeliveries, endOf, lastWord } from '../support/histories.ts';
import { at, comparedHint, lookup, transition } from '../support/transitions.ts';

/** A table with one item, as DynamoDB has it: a request takes a while, the check and the write are one. */
function memoryStore(onTheWay: () => Promise<unknown>) {
  const written: Verification[] = [];
  const store: VerificationStore = {
    read: async () => written.at(-1) ?? null,
    async write(known, { verification }) {
      await onTheWay();
      const found = written.at(-1) ?? null;
      const unchanged = known === null ? found === null : found?.version === known.version;
      if (unchanged) written.push(verification);
      await onTheWay();
      return unchanged ? null : found;
    },
  };
  return { store, written };
}

const atOnce = async () => undefined;

describe('recording a transition', () => {
  test('costs one call where nothing is known, two where something is', async () => {
    // Prepare
    let calls = 0;
    const { store } = memoryStore(atOnce);
    const counting: VerificationStore = {
      read: store.read,
      write: (...given) => {
        calls++;
        return store.write(...given);
      },
    };
    // Act
    const first = await recordTransition(counting, arrivalOf(transition('START')));
    const callsOfFirst = calls;
    const second = await recordTransition(counting, arrivalOf(transition('CHECK_PENDING')));
    // Assess
    expect([first, callsOfFirst]).toEqual([
      { kind: 'accepted', change: 'state', attempt: 1, sequence: 1, referenceDisputed: false },
      1,
    ]);
    expect([second, calls - callsOfFirst]).toEqual([
      { kind: 'accepted', change: 'state', attempt: 1, sequence: 2, referenceDisputed: false },
      2,
    ]);
  });

  test('120 repetitions at once that may mean something new are one write, and hold up nobody', async () => {
    // Prepare
    const ticks = fc.sample(fc.nat({ max: 20 }), { seed: 7, numRuns: 2000 }).values();
    const { store, written } = memoryStore(async () => {
      for (let left = ticks.next().value ?? 0; left > 0; left--) await Promise.resolve();
    });
    let calls = 0;
    const counting: VerificationStore = {
      read: store.read,
      write: (...given) => {
        calls++;
        return store.write(...given);
      },
    };
    const webhook = transition('WEBHOOK', { origin: comparedHint });
    await recordTransition(store, arrivalOf(webhook));
    // Act
    const repeated = await Promise.all(
      Array.from({ length: 120 }, () => recordTransition(counting, arrivalOf(webhook))),
    );
    // Assess
    expect(repeated).toEqual(Array(120).fill({ kind: 'duplicate', reason: 'seen' }));
    expect(written).toHaveLength(2);
    expect(calls).toBeLessThanOrEqual(2 * 120);
  });

  test('answers a drop without writing', async () => {
    // Prepare
    const { store, written } = memoryStore(atOnce);
    await recordTransition(store, arrivalOf(transition('SUCCESS', { occurredAt: at(5) })));
    // Act
    const late = await recordTransition(store, arrivalOf(transition('START')));
    // Assess
    expect(late).toEqual({ kind: 'stale', reason: 'after-final' });
    expect(written).toHaveLength(1);
  });

  test('gives up where others are faster fifty times in a row', async () => {
    // Prepare
    const { store, written } = memoryStore(atOnce);
    await recordTransition(store, arrivalOf(transition('START')));
    let version = 1;
    const busy: VerificationStore = {
      read: store.read,
      write: async () => ({ ...(written[0] as Verification), version: ++version }),
    };
    // Act
    const recorded = recordTransition(busy, arrivalOf(transition('CHECK_PENDING')));
    // Assess
    await expect(recorded).rejects.toThrow(ContentionError);
    await expect(recorded).rejects.toThrow('idnow:democompany:txn-1 was changed by others 50 times in a row');
  });
});

describe('fetched results that overtake each other', () => {
  test('end as if they had come in the order in which they were asked for', async () => {
    const words = ['SUCCESS', 'EXPIRED', 'USER_APPROVED', 'USER_REJECTED'] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.constantFrom(...words), { minLength: 2, maxLength: 6 }),
        async (scheduler, set) => {
          // Prepare
          const { store, written } = memoryStore(() => scheduler.schedule(Promise.resolve()));
          const results = set.map((word, index) =>
            transition(word, { origin: lookup(index + 1), fingerprint: `${word} ${index}` }),
          );
          // Act
          const recording = results.map((each) => recordTransition(store, arrivalOf(each)));
          await scheduler.waitIdle();
          await Promise.all(recording);
          // Assess
          const highest = Math.max(...results.map(({ rank }) => rank));
          expect(endOf(written.at(-1))).toEqual(endOf(results.findLast(({ rank }) => rank === highest)));
        },
      ),
    );
  });
});

describe('several writers at once', () => {
  test('count without gap, and never take back a final state', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), anyDeliveries, async (scheduler, deliveries) => {
        // Prepare
        const { store, written } = memoryStore(() => scheduler.schedule(Promise.resolve()));
        // Act
        const recording = deliveries.map((each) => recordTransition(store, arrivalOf(each)));
        await scheduler.waitIdle();
        const recorded = await Promise.all(recording);
        // Assess
        const counted = written.map((_, index) => index + 1);
        expect(written.map(({ sequence }) => sequence)).toEqual(counted);
        const answered = recorded.flatMap((each) => (each.kind === 'accepted' ? [each.sequence] : []));
        expect(answered.sort((a, b) => a - b)).toEqual(counted);
        const firstFinal = written.findIndex(({ finality }) => finality === 'final');
        if (firstFinal >= 0)
          expect(written.slice(firstFinal).every((w) => w.finality === 'final')).toBe(true);
      }),
    );
  });

  test('end as one after the other would', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), distinctDeliveries(8), async (scheduler, deliveries) => {
        // Prepare: each is sent twice.
        const { store, written } = memoryStore(() => scheduler.schedule(Promise.resolve()));
        // Act
        const recording = [...deliveries, ...deliveries].map((each) =>
          recordTransition(store, arrivalOf(each)),
        );
        await scheduler.waitIdle();
        await Promise.all(recording);
        // Assess
        expect(endOf(written.at(-1))).toEqual(endOf(lastWord(deliveries)));
      }),
    );
  });
});
