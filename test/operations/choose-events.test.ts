import { expect, test } from 'vitest';
import type { CaseRecord, OperatedRow } from '../../shared/operations/case/case-record.ts';
import { chooseEvents } from '../../shared/operations/resend/resend-events.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import { makeEvent, testGeneration } from '../support/make-event.ts';

const id = 'idnow:democompany:txn-1';
const earlier = '20250101T000000Z';

function rowOf(sequence: number, generation = testGeneration): OperatedRow {
  const event = { ...makeEvent(id, sequence, { generation }), extension: 'of another version' };
  return {
    subject: id,
    at: `2026-11-22T10:15:00Z#${sequence}`,
    decision: 'accepted',
    reason: null,
    generation,
    sequence,
    event,
    delivery: null,
    resolution: null,
  };
}

const recordOf = (...history: OperatedRow[]): CaseRecord => ({
  verificationId: id,
  verification: null,
  expiresAt: null,
  history,
});

test('the events of the latest generation are chosen in the order of their sequence, from a sequence on', () => {
  const record = recordOf(rowOf(1, earlier), rowOf(3), rowOf(2), rowOf(1));

  const { events, generation, missing } = chooseEvents(record, { from: 2, generation: undefined });

  expect(events.map(({ event }) => event.sequence)).toEqual(['2', '3']);
  expect({ generation, missing }).toEqual({ generation: testGeneration, missing: [] });
});

test('another generation is chosen by its name', () => {
  const record = recordOf(rowOf(1, earlier), rowOf(1));

  const { events } = chooseEvents(record, { from: 1, generation: earlier });

  expect(events.map(({ event }) => event.data.generation)).toEqual([earlier]);
});

test('sequences that the history does not have are named', () => {
  expect(chooseEvents(recordOf(rowOf(1), rowOf(4)), { from: 1, generation: undefined }).missing).toEqual([
    2, 3,
  ]);
});

test('an event is sent as it was published, with members that this version does not know', () => {
  const [first] = chooseEvents(recordOf(rowOf(1)), { from: 1, generation: undefined }).events;

  expect(JSON.parse(first?.json ?? '')).toHaveProperty('extension', 'of another version');
});

test('of an erased case, only the event of its erasure is sent, also if earlier events are left', () => {
  // Prepare
  const ordering = { progress: 'erased' };
  const verification = { generation: testGeneration, sequence: 3, ordering } as Verification;
  const last = rowOf(3);
  const erased = { ...last, event: { ...Object(last.event), type: 'idv.verification.erased.v1' } };
  const record = { ...recordOf(rowOf(1), rowOf(2), erased), verification };

  // Act
  const { events, missing } = chooseEvents(record, { from: 1, generation: undefined });

  // Assess
  expect(events.map(({ event }) => event.sequence)).toEqual(['3']);
  expect(missing).toEqual([]);
});
