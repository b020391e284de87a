import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Transition } from '../../shared/contract/transition.ts';
import { recordTransition } from '../../shared/verifications/record-transition.ts';
import { rememberVerifications } from '../../shared/verifications/remember-verifications.ts';
import { countCalls } from '../support/count-calls.ts';
import { incomingTransition } from '../support/deliveries.ts';
import { memoryVerifications } from '../support/memory-verifications.ts';
import { at, hint, lookup, step, transition } from '../support/transitions.ts';

/** Creates a table in memory that several instances share. */
function table() {
  const { store, rows } = memoryVerifications(() => undefined);
  /** Creates an instance of the receiver. `deliver` returns the decision and the calls to the table. */
  const instance = () => {
    const { counting, calls } = countCalls(store);
    const remembering = rememberVerifications(counting);
    return {
      async deliver(next: Transition, receivedAt = '2026-11-22T12:00:00Z') {
        calls.length = 0;
        const incoming = { ...incomingTransition(next, randomUUID()), receivedAt };
        const decision = await recordTransition(remembering, incoming);
        return { decision, calls: [...calls] };
      },
    };
  };
  return { instance, rows };
}

const start = transition('START');
const pending = transition('CHECK_PENDING', { occurredAt: at(5) });
const success = transition('SUCCESS', { occurredAt: at(6) });

describe('the number of calls to the table', () => {
  test.each<[string, Transition]>([
    ['CREATED', transition('CREATED')],
    ['START', start],
    ['a webhook of Datakeen', transition('WEBHOOK', { origin: hint })],
  ])(
    'the first delivery of a case takes one write, if its status is usually the first: %s',
    async (_title, first) => {
      expect((await table().instance().deliver(first)).calls).toEqual(['write']);
    },
  );

  test.each<[string, Transition]>([
    ['a review', pending],
    ['a final result', success],
    ['an abort', transition('ABORTED')],
    ['a step', transition('START', { origin: step })],
    ['a lookup', transition('START', { origin: lookup(1) })],
  ])(
    'a delivery whose status is usually not the first of a case takes a read and a write, even if it is the first: %s',
    async (_title, first) => {
      expect((await table().instance().deliver(first)).calls).toEqual(['read', 'write']);
    },
  );

  test('a later delivery takes one write at the instance that knows the case', async () => {
    const one = table().instance();
    await one.deliver(start);
    expect((await one.deliver(pending)).calls).toEqual(['write']);
    expect((await one.deliver(success)).calls).toEqual(['write']);
  });

  test('a later delivery takes a read and a write at another instance', async () => {
    const { instance } = table();
    await instance().deliver(start);
    expect((await instance().deliver(pending)).calls).toEqual(['read', 'write']);
  });

  test('a repeated first status takes a write that fails and a write at another instance', async () => {
    const { instance } = table();
    await instance().deliver(start);
    const again = await instance().deliver(transition('START', { fingerprint: 'another body' }));
    expect(again.calls).toEqual(['write', 'write']);
  });

  test.each([
    ['at the instance that knows the case', true, ['read']],
    ['at another instance that reads first', false, ['read']],
  ])('a dropped delivery takes one read: %s', async (_title, isSame, calls) => {
    // Prepare
    const { instance } = table();
    const one = instance();
    await one.deliver(pending);
    // Act
    const again = await (isSame ? one : instance()).deliver(pending);
    // Assess
    expect(again).toMatchObject({ decision: { kind: 'duplicate', reason: 'seen' }, calls });
  });
});

describe('a memory that is out of date', () => {
  /** Creates an instance that remembers the case after START, although another instance has written more. */
  async function outdated(...others: Transition[]) {
    const { instance, rows } = table();
    const one = instance();
    await one.deliver(start);
    const other = instance();
    for (const each of others) await other.deliver(each);
    return { one, rows };
  }

  test('the condition of the write corrects it, and the decision is made again from the row', async () => {
    // Prepare
    const { one } = await outdated(success);
    // Act
    const result = await one.deliver(pending);
    // Assess
    expect(result).toEqual({
      decision: { kind: 'stale', reason: 'after-final' },
      calls: ['write'],
    });
  });

  test('an accepted delivery gets the sequence after the row', async () => {
    const { one } = await outdated(pending);
    const result = await one.deliver(success);
    expect(result).toMatchObject({ decision: { kind: 'accepted', sequence: 3 }, calls: ['write', 'write'] });
  });

  test('a delivery is never dropped from memory alone: it is accepted if the row is in another attempt', async () => {
    // Prepare: in the memory, the START is a duplicate. In the row, the attempt has ended.
    const { one } = await outdated(transition('ABORTED'));
    // Act
    const result = await one.deliver(start);
    // Assess
    expect(result).toMatchObject({
      decision: { kind: 'accepted', attempt: 2, sequence: 3 },
      calls: ['read', 'write'],
    });
  });

  test('a delivery is never dropped from memory alone: it is accepted if the row is gone', async () => {
    // Prepare
    const { one, rows } = await outdated();
    rows.clear();
    // Act
    const result = await one.deliver(start, '2026-11-23T12:00:00Z');
    // Assess
    expect(result).toMatchObject({ decision: { kind: 'accepted', sequence: 1 }, calls: ['read', 'write'] });
  });
});

test('a delivery after the row has disappeared begins a later generation with the sequence 1', async () => {
  // Prepare
  const { instance, rows } = table();
  const one = instance();
  await one.deliver(start);
  await one.deliver(pending);
  const before = [...rows.values()][0]?.generation;
  rows.clear();
  // Act
  const result = await one.deliver(success, '2026-11-23T12:00:00Z');
  // Assess
  expect(result).toMatchObject({
    decision: { kind: 'accepted', change: 'state', attempt: 1, sequence: 1 },
    calls: ['write', 'write'],
  });
  expect([before, [...rows.values()][0]?.generation]).toEqual(['20261122T120000Z', '20261123T120000Z']);
});
