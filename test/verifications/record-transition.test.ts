import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Transition } from '../../shared/contract/transition.ts';
import { ContentionError } from '../../shared/verifications/errors.ts';
import { recordTransition } from '../../shared/verifications/record-transition.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import { type VerificationStore, writtenResult } from '../../shared/verifications/verification-store.ts';
import { countCalls } from '../support/count-calls.ts';
import { incomingTransition } from '../support/deliveries.ts';
import { anyDeliveries, distinctDeliveries, endStateOf, expectedEnd } from '../support/histories.ts';
import { at, comparedHint, lookup, transition } from '../support/transitions.ts';

/**
 * Creates a table in memory that holds one row. As in DynamoDB, a write checks and changes the row in one step.
 *
 * @param transfer simulates the network: its promise resolves when a request or an answer has arrived
 */
function memoryStore(transfer: () => Promise<unknown>) {
  const written: Verification[] = [];
  const store: VerificationStore = {
    remembered: () => null,
    async read() {
      await transfer();
      const found = written.at(-1) ?? null;
      await transfer();
      return found;
    },
    async write(known, { verification }) {
      await transfer();
      const found = written.at(-1) ?? null;
      const unchanged = known === null ? found === null : found?.version === known.version;
      if (unchanged) written.push(verification);
      await transfer();
      return unchanged ? writtenResult : { kind: 'conflict', found };
    },
  };
  return { store, written };
}

const noDelay = async () => undefined;

/** Each incoming transition has a write id of its own, as each delivery and each job has. */
const incoming = (transition: Transition) => incomingTransition(transition, randomUUID());

describe('recordTransition', () => {
  test('recordTransition returns the decision, the sequence of the event, and whether the reference is in conflict', async () => {
    // Prepare
    const { store } = memoryStore(noDelay);
    // Act
    const first = await recordTransition(store, incoming(transition('START')));
    const second = await recordTransition(store, incoming(transition('CHECK_PENDING')));
    // Assess
    const accepted = { kind: 'accepted', change: 'state', attempt: 1, hasReferenceConflict: false };
    expect([first, second]).toEqual([
      { ...accepted, sequence: 1 },
      { ...accepted, sequence: 2 },
    ]);
  });

  test('120 simultaneous repeats of one hint cause one write, and at most two calls to the table per repeat', async () => {
    // Prepare
    const ticks = fc.sample(fc.nat({ max: 20 }), { seed: 7, numRuns: 2000 }).values();
    const { store, written } = memoryStore(async () => {
      for (let left = ticks.next().value ?? 0; left > 0; left--) await Promise.resolve();
    });
    const { counting, calls } = countCalls(store);
    const webhook = transition('WEBHOOK', { origin: comparedHint });
    await recordTransition(store, incoming(webhook));
    // Act
    const repeated = await Promise.all(
      Array.from({ length: 120 }, () => recordTransition(counting, incoming(webhook))),
    );
    // Assess
    expect(repeated).toEqual(Array(120).fill({ kind: 'duplicate', reason: 'seen' }));
    expect(written).toHaveLength(2);
    expect(calls.length).toBeLessThanOrEqual(2 * 120);
  });

  test('a dropped transition writes nothing', async () => {
    // Prepare
    const { store, written } = memoryStore(noDelay);
    await recordTransition(store, incoming(transition('SUCCESS', { occurredAt: at(5) })));
    // Act
    const late = await recordTransition(store, incoming(transition('START')));
    // Assess
    expect(late).toEqual({ kind: 'stale', reason: 'after-final' });
    expect(written).toHaveLength(1);
  });

  test('recordTransition throws ContentionError if another writer is faster in each of 50 tries', async () => {
    // Prepare
    const { store, written } = memoryStore(noDelay);
    await recordTransition(store, incoming(transition('START')));
    const [row = expect.unreachable('nothing was written')] = written;
    const busy: VerificationStore = {
      ...store,
      write: async () => ({ kind: 'conflict', found: { ...row, version: randomUUID() } }),
    };
    // Act
    const recorded = recordTransition(busy, incoming(transition('CHECK_PENDING')));
    // Assess
    await expect(recorded).rejects.toThrow(ContentionError);
    await expect(recorded).rejects.toThrow('idnow:democompany:txn-1 was changed by others 50 times in a row');
  });
});

describe('recordTransition with concurrent lookups', () => {
  test('concurrent lookups end in the highest rank, and in the last requested lookup with this rank', async () => {
    const statuses = ['SUCCESS', 'EXPIRED', 'USER_APPROVED', 'USER_REJECTED'] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.constantFrom(...statuses), { minLength: 2, maxLength: 6 }),
        async (scheduler, set) => {
          // Prepare
          const { store, written } = memoryStore(() => scheduler.schedule(Promise.resolve()));
          const results = set.map((status, index) =>
            transition(status, { origin: lookup(index + 1), fingerprint: `${status} ${index}` }),
          );
          // Act
          const recording = results.map((each) => recordTransition(store, incoming(each)));
          await scheduler.waitIdle();
          await Promise.all(recording);
          // Assess
          const highest = Math.max(...results.map(({ rank }) => rank));
          expect(endStateOf(written.at(-1))).toEqual(
            endStateOf(results.findLast(({ rank }) => rank === highest)),
          );
        },
      ),
    );
  });
});

describe('recordTransition with concurrent writers', () => {
  test('concurrent writers count sequences without a gap and never make a final state provisional', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), anyDeliveries, async (scheduler, deliveries) => {
        // Prepare
        const { store, written } = memoryStore(() => scheduler.schedule(Promise.resolve()));
        // Act
        const recording = deliveries.map((each) => recordTransition(store, incoming(each)));
        await scheduler.waitIdle();
        const recorded = await Promise.all(recording);
        // Assess
        const counted = written.map((_, index) => index + 1);
        expect(written.map(({ sequence }) => sequence)).toEqual(counted);
        const sequences = recorded.flatMap((each) => (each.kind === 'accepted' ? [each.sequence] : []));
        expect(sequences.sort((a, b) => a - b)).toEqual(counted);
        const firstFinal = written.findIndex(({ finality }) => finality === 'final');
        if (firstFinal >= 0)
          expect(written.slice(firstFinal).every((w) => w.finality === 'final')).toBe(true);
      }),
    );
  });

  test('writers that run at the same time end in the same state as writers that run one after the other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), distinctDeliveries(8), async (scheduler, deliveries) => {
        // Prepare: send each delivery twice.
        const { store, written } = memoryStore(() => scheduler.schedule(Promise.resolve()));
        // Act
        const recording = [...deliveries, ...deliveries].map((each) =>
          recordTransition(store, incoming(each)),
        );
        await scheduler.waitIdle();
        await Promise.all(recording);
        // Assess
        expect(endStateOf(written.at(-1))).toEqual(endStateOf(expectedEnd(deliveries)));
      }),
    );
  });
});
