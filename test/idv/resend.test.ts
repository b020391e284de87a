import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { eventually } from '../support/eventually.ts';
import { historyRows } from '../support/history-rows.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';
import { idv } from './idv-under-test.ts';
import { auditOf } from './stack-under-test.ts';

let sut: SystemUnderTest;
beforeAll(async () => {
  sut = await startSystemUnderTest();
});
afterAll(() => sut?.stop());

const reason = ['--reason', 'the consumer lost its table'];
const idOf = (transactionNumber: string) => `idnow:${companyId}:${transactionNumber}`;

/** Plays a case with three events, and waits until the history has them. */
async function play(transactionNumber: string): Promise<string> {
  for (const state of ['START', 'CHECK_PENDING', 'SUCCESS'] as const) {
    const time = new Date('2026-11-22T10:15:00Z');
    const ident = makeIdent({ companyId, transactionNumber, state, time });
    sut.simulator.put(ident);
    await sut.post(ident);
  }
  const id = idOf(transactionNumber);
  await sut.events.receive(id, 4);
  await eventually(async () => expect(await historyRows(sut, id)).toHaveLength(4));
  return id;
}

test('events are sent again unchanged and in order, also within five minutes, and as often as asked', async () => {
  // Prepare
  const id = await play('again');
  const published = await sut.events.receive(id, 4);

  // Act
  const dryRun = await idv(sut, 'resend', id, ...reason);
  const first = await idv(sut, 'resend', id, ...reason, '--yes');
  await sut.events.receive(id, 8);
  const second = await idv(sut, 'resend', id, '--from', '3', ...reason, '--yes');
  const received = await sut.events.receive(id, 10);

  // Assess
  expect(dryRun.out).toContain('4 events would be sent again. Nothing was done: add --yes.');
  expect([first.code, second.code]).toEqual([0, 0]);
  expect(received).toEqual([...published, ...published, ...published.slice(2)]);
  expect((await auditOf(sut, 'resend'))[0]).toMatchObject({
    verificationId: id,
    reason: 'the consumer lost its table',
    result: '2 events sent again, 3 to 4',
  });
});

test.each([
  [[idOf('absent')], 'has no case'],
  [[idOf('again'), '--from', '9'], 'has no event 9 or later of generation'],
  [
    [idOf('again'), '--generation', '20200101T000000Z'],
    'has no event 1 or later of generation 20200101T000000Z',
  ],
  [[idOf('again'), '--from', 'zero'], 'not a number such as 3'],
])('resend %j says what is wrong', async (args, message) => {
  const { code, err } = await idv(sut, 'resend', ...args, ...reason);

  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) });
});
