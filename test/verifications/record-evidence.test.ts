import { expect, test } from 'vitest';
import { UnknownVerificationError } from '../../shared/verifications/errors.ts';
import { recordJobEnd } from '../../shared/verifications/record-evidence.ts';
import { recordTransition } from '../../shared/verifications/record-transition.ts';
import { incomingTransition } from '../support/deliveries.ts';
import { archivedJobEnd } from '../support/job-ends.ts';
import { memoryVerifications } from '../support/memory-verifications.ts';
import { hint, transition } from '../support/transitions.ts';

const verificationId = 'idnow:democompany:txn-1';

/** Creates a table with one verification whose first event has requested evidence. */
async function underTest() {
  const { store, rows } = memoryVerifications(() => undefined);
  await recordTransition(store, incomingTransition(transition('WEBHOOK', { origin: hint }), 'w1'));
  return { store, rows, row: () => rows.get(verificationId) };
}

test('the end of a job is the next event of its verification', async () => {
  const { store, row } = await underTest();
  await recordJobEnd(store, archivedJobEnd);
  expect(row()).toMatchObject({ sequence: 2, version: 'the job', evidence: { status: 'archived' } });
});

test('the same end that is recorded again changes nothing', async () => {
  const { store, row } = await underTest();
  await recordJobEnd(store, archivedJobEnd);
  await recordJobEnd(store, { ...archivedJobEnd, writeId: 'another write' });
  expect(row()).toMatchObject({ sequence: 2, version: 'the job' });
});

test.each(['20261122T115959Z', '20261122T120001Z'])(
  'the end of a job of another generation is not recorded, because its row is gone: %s',
  async (generation) => {
    // Prepare
    const { store, row } = await underTest();
    const before = row();
    // Act
    const recording = recordJobEnd(store, { ...archivedJobEnd, generation });
    // Assess
    await expect(recording).rejects.toThrow(UnknownVerificationError);
    expect(row()).toEqual(before);
  },
);

test('the end of a job whose verification has no row is not recorded', async () => {
  const { store, rows } = await underTest();
  rows.clear();
  await expect(recordJobEnd(store, archivedJobEnd)).rejects.toThrow(UnknownVerificationError);
  expect(rows.size).toBe(0);
});

test('the end of a job is not recorded if the row gets another generation between the read and the write', async () => {
  // Prepare
  const { store, row } = await underTest();
  const current = row() ?? expect.unreachable('there is no row');
  const replaced = { ...current, generation: '20261123T000000Z', version: 'another' };
  // Act
  const recording = recordJobEnd(
    { ...store, write: async () => ({ kind: 'conflict', found: replaced }) },
    archivedJobEnd,
  );
  // Assess
  await expect(recording).rejects.toThrow(UnknownVerificationError);
});
