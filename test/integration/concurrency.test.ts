import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { createDynamoVerificationStore } from '../../shared/verifications/verification-store.ts';
import { eventually } from '../support/eventually.ts';
import { deliveryRows } from '../support/history-rows.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

let sut: SystemUnderTest;
beforeAll(async () => {
  sut = await startSystemUnderTest({ mostInstances: 4 });
  // Start all instances first. Otherwise, the deliveries would write at different times, because of cold starts.
  await Promise.all(Array.from({ length: 20 }, () => sut.post({}, { method: 'PUT' })));
});
afterAll(() => sut.stop());

type State = Parameters<typeof makeIdent>[0]['state'];
const ident = (transactionNumber: string, state: State, minute: number) =>
  makeIdent({ companyId, transactionNumber, state, time: new Date(Date.UTC(2026, 10, 22, 10, minute)) });

async function stateOf(verificationId: string) {
  const { outputs } = sut.system.stack;
  const table = outputs.VerificationsTableName ?? '';
  const known = await createDynamoVerificationStore(sut.dynamodb, table, 0).read(verificationId);
  return known;
}

test('20 concurrent deliveries of one ident get sequences without a gap, and the final result wins', async () => {
  // Prepare: build 20 bodies. The final result is neither in the newest body nor in the body that is sent last.
  const final = ident('TXN-at-once', 'SUCCESS_DATA_CHANGED', 30);
  sut.simulator.put(final);
  const states = ['START', 'CHECK_PENDING', 'REVIEW_PENDING', 'FRAUD_SUSPICION_PENDING', 'CANCELED'] as const;
  const bodies = Array.from({ length: 20 }, (_, index) => {
    if (index === 11) return final;
    const body = ident('TXN-at-once', states[index % states.length] ?? 'START', (index * 7) % 60);
    return { ...body, customdata: { custom1: `delivery ${index}` } };
  });

  // Act
  const answers = await Promise.all(bodies.map((body) => sut.post(body)));

  // Assess: each delivery has an answer, and each accepted delivery has its own sequence.
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  const sequences = answers.flatMap(({ body }) =>
    typeof body === 'object' && body !== null && 'sequence' in body ? [Number(body.sequence)] : [],
  );
  const accepted = sequences.length;
  const counted = Array.from({ length: accepted }, (_, index) => index + 1);
  expect(sequences.toSorted((a, b) => a - b)).toEqual(counted);

  // Only the event about the archived evidence may follow the final result.
  const events = await sut.events.receive('idnow:democompany:txn-at-once', accepted + 1);
  expect(events.map(({ data }) => data.sequence)).toEqual([...counted, accepted + 1]);
  expect(events.at(-1)?.type).toBe('idv.evidence.archived.v1');
  const decided = events.findIndex(({ type }) => type === 'idv.verification.decided.v1');
  expect(events.slice(decided).every(({ data }) => data.finality === 'final')).toBe(true);
  expect(await stateOf('idnow:democompany:txn-at-once')).toMatchObject({
    phase: 'completed',
    outcome: 'approved',
    finality: 'final',
    flags: ['data_changed'],
    providerStatus: 'SUCCESS_DATA_CHANGED',
    sequence: accepted + 1,
  });

  await eventually(async () => {
    const rows = await deliveryRows(sut, 'idnow:democompany:txn-at-once');
    expect(rows).toHaveLength(20);
    expect(
      rows
        .filter(({ decision }) => decision === 'accepted')
        .map(({ sequence }) => sequence)
        .sort(),
    ).toEqual(counted.toSorted());
    expect(
      rows.filter(({ decision }) => decision !== 'accepted').every(({ reason }) => reason !== null),
    ).toBe(true);
  });
});

test('only one of 20 equal deliveries that arrive at the same time is accepted', async () => {
  const body = ident('TXN-twenty', 'CHECK_PENDING', 5);
  const answers = await Promise.all(Array.from({ length: 20 }, () => sut.post(body)));
  const statuses = answers.map((each) => JSON.stringify(each.body)).sort();
  expect(statuses).toEqual([
    '{"status":"accepted","sequence":1}',
    ...Array(19).fill('{"status":"duplicate"}'),
  ]);
});
