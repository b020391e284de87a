import { expect, test } from 'vitest';
import { VerificationEvent } from '../../shared/contract/verification-event.ts';
import { applyErasure, isErased } from '../../shared/verifications/apply-erasure.ts';
import { applyTransition } from '../../shared/verifications/apply-transition.ts';
import { buildEvent } from '../../shared/verifications/build-event.ts';
import { recordErasure } from '../../shared/verifications/record-erasure.ts';
import { recordHold } from '../../shared/verifications/record-hold.ts';
import { recordTransition } from '../../shared/verifications/record-transition.ts';
import { rememberVerifications } from '../../shared/verifications/remember-verifications.ts';
import { carryWrite } from '../../shared/verifications/unconfirmed-writes.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import { convertWriteToItem, parseVerificationItem } from '../../shared/verifications/verification-row.ts';
import { countCalls } from '../support/count-calls.ts';
import { incomingTransition } from '../support/deliveries.ts';
import { memoryVerifications } from '../support/memory-verifications.ts';
import { at, hint, lookup, transition } from '../support/transitions.ts';

const verificationId = 'idnow:democompany:txn-1';
const erasure = {
  ...{ verificationId, provider: 'idnow', erasedAt: '2026-11-28T10:00:00Z', writeId: 'erasure' },
};

/** Plays a case up to its approval. */
function approved(): Verification {
  const start = applyTransition(null, incomingTransition(transition('START'), 'w1')).write;
  const known = start && carryWrite(start);
  const end = applyTransition(known, incomingTransition(transition('SUCCESS', { occurredAt: at(5) }), 'w2'));
  return end.write ? carryWrite(end.write) : expect.unreachable('nothing was written');
}

test('a tombstone keeps the id, the generation and the sequence, and nothing of the person', () => {
  // Prepare
  const known = { ...approved(), reference: 'person@mail.example' };

  // Act
  const write = applyErasure(known, erasure);

  // Assess
  const { verification } = write;
  expect(verification).toMatchObject({ verificationId, generation: known.generation, sequence: 3 });
  const text = JSON.stringify(write);
  for (const trace of ['MUSTERMANN', 'person@mail.example', 'SUCCESS', 'approved', 'fingerprint', '"w1"'])
    expect(text, trace).not.toContain(trace);
  expect(verification).not.toHaveProperty('unconfirmed');
  expect(parseVerificationItem(convertWriteToItem(write, 1))).toEqual(write);
});

test('the event of a tombstone is valid, and names what it has emptied', () => {
  // Act
  const { verification, outbox } = applyErasure(approved(), erasure);

  // Assess
  if (outbox.event === null) throw new Error('an event is expected');
  const event = VerificationEvent.parse(buildEvent(verification, outbox.event));
  expect(event).toMatchObject({
    ...{ type: 'idv.verification.erased.v1', time: '2026-11-28T10:00:00Z' },
    data: { phase: 'completed', outcome: null, finality: 'final', evidence: null, reference: null },
  });
  expect(event.data.changed).toEqual(expect.arrayContaining(['outcome', 'providerStatus']));
});

test('a tombstone is never older than the row that it replaces, if the clock of the operator is behind', () => {
  const known = { ...approved(), receivedAt: '2026-11-28T11:00:00Z' };
  expect(applyErasure(known, erasure).verification.receivedAt).toBe('2026-11-28T11:00:00Z');
});

test('the tombstone of a case without a row begins a generation', () => {
  const { verification } = applyErasure(null, erasure);
  expect(verification).toMatchObject({ generation: '20261128T100000Z', sequence: 1 });
});

test.each([
  ['a repeated statement', transition('SUCCESS', { occurredAt: at(5) })],
  ['a revision', transition('FRAUD_SUSPICION_CONFIRMED', { occurredAt: at(9) })],
  ['a next attempt', transition('START')],
  ['a hint', transition('WEBHOOK', { origin: hint })],
  ['a lookup', transition('SUCCESS', { origin: lookup(1) })],
])('after the erasure, nothing changes the tombstone: %s', (_title, later) => {
  // Prepare
  const tombstone = carryWrite(applyErasure(approved(), erasure));

  // Act
  const applied = applyTransition(tombstone, incomingTransition(later, 'w9'));

  // Assess
  expect(applied).toEqual({ kind: 'dropped', decision: { kind: 'stale', reason: 'erased' }, write: null });
});

test('an instance that remembers the case does not bypass the tombstone, and needs no further call', async () => {
  // Prepare
  const { store, rows } = memoryVerifications(() => undefined);
  const { counting, calls } = countCalls(store);
  const warm = rememberVerifications(counting);
  await recordTransition(warm, incomingTransition(transition('START'), 'w1'));
  await recordErasure(store, erasure);
  calls.length = 0;

  // Act
  const decision = await recordTransition(warm, incomingTransition(transition('SUCCESS'), 'w2'));

  // Assess
  expect(decision).toEqual({ kind: 'stale', reason: 'erased' });
  expect(calls).toEqual(['write']);
  const [row] = [...rows.values()];
  expect(row && isErased(row)).toBe(true);
});

test('erasing twice writes one tombstone', async () => {
  // Prepare
  const { store, rows } = memoryVerifications(() => undefined);
  await recordTransition(store, incomingTransition(transition('START'), 'w1'));
  await recordErasure(store, erasure);

  // Act
  await recordErasure(store, { ...erasure, writeId: 'again' });

  // Assess
  expect([...rows.values()]).toMatchObject([{ sequence: 2, version: 'erasure' }]);
});

test('a held case is not erased, also if the hold is placed at the same time', async () => {
  // Prepare
  const { store, rows } = memoryVerifications(() => undefined);
  await recordTransition(store, incomingTransition(transition('START'), 'w1'));
  const hold = { verificationId, heldSince: '2026-11-28T09:00:00Z', writeId: 'hold' };
  const racing: typeof store = {
    ...store,
    async write(known, write) {
      if (write.verification.version === 'erasure') await recordHold(store, hold);
      return store.write(known, write);
    },
  };

  // Act
  const erased = recordErasure(racing, erasure);

  // Assess
  await expect(erased).rejects.toThrow('is under a legal hold');
  expect([...rows.values()]).toMatchObject([{ heldSince: '2026-11-28T09:00:00Z' }]);
});
