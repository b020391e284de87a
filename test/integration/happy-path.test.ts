import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

let sut: SystemUnderTest;
beforeAll(async () => {
  sut = await startSystemUnderTest();
});
afterAll(() => sut.stop());

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 10, minute));
const identOf = (
  transactionNumber: string,
  state: Parameters<typeof makeIdent>[0]['state'],
  minute: number,
) => makeIdent({ companyId, transactionNumber, state, time: at(minute) });

it('all states of an ident are published in order, and its evidence is archived', async () => {
  const final = identOf('TXN-happy', 'SUCCESS_DATA_CHANGED', 9);
  sut.simulator.put(final);

  const answers = [
    await sut.post(identOf('TXN-happy', 'START', 0)),
    await sut.post(identOf('TXN-happy', 'CHECK_PENDING', 5)),
    await sut.post(final),
  ];

  expect(answers.map(({ status, body }) => [status, body])).toEqual([
    [200, { status: 'accepted', sequence: 1 }],
    [200, { status: 'accepted', sequence: 2 }],
    [200, { status: 'accepted', sequence: 3 }],
  ]);
  const events = await sut.events.receive('idnow:democompany:txn-happy', 4);
  expect(events.map(({ type, data }) => [type, data.sequence, data.phase, data.outcome])).toEqual([
    ['idv.verification.started.v1', 1, 'in_progress', null],
    ['idv.verification.updated.v1', 2, 'in_review', null],
    ['idv.verification.decided.v1', 3, 'completed', 'approved'],
    ['idv.evidence.archived.v1', 4, 'completed', 'approved'],
  ]);
});
