import { randomBytes } from 'node:crypto';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Readers } from '../../local/idv/readers-of-revision.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { readCaseRecord } from '../../shared/operations/case/case-record.ts';
import { leaveQuarantine } from '../../shared/operations/quarantine/leave-quarantine.ts';
import { quarantineShards } from '../../shared/verifications/history-row.ts';
import { eventually } from '../support/eventually.ts';
import { evidenceOf } from '../support/evidence-bucket.ts';
import { historyRows, queryIndex } from '../support/history-rows.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';
import { idv } from './idv-under-test.ts';
import { receiveWithOlderReader } from './older-receiver.ts';
import { readersWithoutSuccess } from './older-version.ts';
import { auditOf, withStack } from './stack-under-test.ts';

let sut: SystemUnderTest;
let older: Readers;
beforeAll(async () => {
  [sut, older] = await Promise.all([startSystemUnderTest(), readersWithoutSuccess()]);
});
afterAll(() => sut?.stop());

const idOf = (transactionNumber: string) => `idnow:${companyId}:${transactionNumber}`;
const reason = ['--reason', 'this version knows the status'];

type State = 'START' | 'CHECK_PENDING' | 'SUCCESS' | 'ABORTED';
const minutes = { START: 0, ABORTED: 3, CHECK_PENDING: 5, SUCCESS: 9 };

function identOf(transactionNumber: string, state: State) {
  const time = new Date(Date.UTC(2026, 10, 22, 10, minutes[state]));
  const ident = makeIdent({ companyId, transactionNumber, state, time });
  sut.simulator.put(ident);
  return ident;
}

/** The keys of the open quarantine of the day on which the older receiver received. */
const openKeys = async () => {
  const shards = Array.from({ length: quarantineShards }, (_, shard) => `idnow:2026-11-27:${shard}`);
  return (await Promise.all(shards.map((shard) => queryIndex(sut, 'openQuarantine', shard)))).flat();
};
const openIds = async () => (await openKeys()).map(({ at }) => at.split('#')[1]);

test('a quarantined FINAL is found, the reader fixed, the body replayed and the event published', async () => {
  // Prepare
  await sut.post(identOf('final', 'CHECK_PENDING'));
  const { requestId, statuses } = await receiveWithOlderReader(sut, older, identOf('final', 'SUCCESS'));
  expect(statuses).toEqual(['quarantined']);
  expect(await sut.events.receive(idOf('final'), 1)).toHaveLength(1);

  // Act
  const list = await idv(sut, 'quarantine', 'list');
  const dryRun = await idv(sut, 'replay', requestId, ...reason);
  const openAfterDryRun = await openIds();
  const run = await idv(sut, 'replay', requestId, ...reason, '--yes');

  // Assess
  expect(list.out).toMatch(new RegExp(`idnow +unknown-status:SUCCESS +1 +1 .*\n +${requestId}`));
  expect(dryRun).toMatchObject({ code: 0 });
  expect(dryRun.out).toMatch(/accepted → event 2\n.* in_review · provisional → completed · approved · final/);
  expect(openAfterDryRun).toContain(requestId);
  expect(run).toMatchObject({ code: 0 });
  const events = await sut.events.receive(idOf('final'), 3);
  expect(events.map(({ type }) => type)).toEqual([
    'idv.verification.updated.v1',
    'idv.verification.decided.v1',
    'idv.evidence.archived.v1',
  ]);
  expect(events[1]?.data).toMatchObject({ sequence: 2, outcome: 'approved', finality: 'final' });
  expect(events[1]?.data.receivedAt.startsWith('2026-11-27')).toBe(false);
  expect(await openIds()).not.toContain(requestId);
  expect((await auditOf(sut, 'replay'))[0]).toMatchObject({
    verificationId: idOf('final'),
    reason: 'this version knows the status',
    result: `delivery ${requestId}: 1 accepted; 1 leaves the quarantine`,
  });
});

test('a replayed delivery keeps its id and time, and its row says how it was dealt with', async () => {
  // Prepare
  const { requestId } = await receiveWithOlderReader(sut, older, identOf('kept', 'SUCCESS'));

  // Act
  await idv(sut, 'replay', requestId, ...reason, '--yes');
  await sut.events.receive(idOf('kept'), 1);

  // Assess
  const rows = await eventually(async () => {
    const found = (await historyRows(sut, idOf('kept'))).filter(({ delivery }) => delivery !== null);
    expect(found.map(({ decision }) => decision)).toEqual(['quarantined', 'accepted']);
    return found;
  });
  expect(rows.map(({ delivery }) => [delivery?.deliveryId, delivery?.receivedAt])).toEqual([
    [requestId, '2026-11-27T10:15:00Z'],
    [requestId, '2026-11-27T10:15:00Z'],
  ]);
  const { out } = await idv(sut, 'explain', idOf('kept'));
  expect(out).toMatch(/Replayed \(accepted as event 1\) by \S+ at /);
  expect(out).not.toContain('in quarantine.');
});

const deliveriesOf = async (subject: string) =>
  (await historyRows(sut, subject)).map(({ delivery }) => delivery?.deliveryId);

/** Readers that understand nothing, like those of a version before the body's shape was known. */
const understandNothing = {
  createDeliveryReader: () => () => [{ kind: 'unknown', reason: 'unknown-shape', verificationId: null }],
} as unknown as Readers;

const versionOf = (id: string) =>
  withStack(sut, async (stack) => (await readCaseRecord(stack, id))?.verification?.version);

test('a replay cannot take back what a case knows', async () => {
  // Prepare
  const check = identOf('known', 'CHECK_PENDING');
  await sut.post(identOf('known', 'SUCCESS'));
  await sut.events.receive(idOf('known'), 2);
  const accepted = (await historyRows(sut, idOf('known')))[0]?.delivery?.deliveryId ?? '';
  const before = await versionOf(idOf('known'));
  const { requestId } = await receiveWithOlderReader(sut, understandNothing, check);

  // Act
  const again = await idv(sut, 'replay', accepted, ...reason, '--yes');
  const late = await idv(sut, 'replay', requestId, ...reason, '--yes');

  // Assess
  expect(again.out).toContain('duplicate (seen)');
  expect((await auditOf(sut, 'replay')).map(({ verificationId }) => verificationId)).toContain(idOf('known'));
  expect(late.out).toMatch(/stale \(after-final\)\n.* completed · approved · final/);
  expect(await versionOf(idOf('known'))).toBe(before);
});

test('a delivery that named no case moves to the case that the reader has found', async () => {
  // Prepare
  const { requestId } = await receiveWithOlderReader(sut, understandNothing, identOf('found', 'START'));
  const quarantined = async () => (await openKeys()).find(({ at }) => at.endsWith(requestId));
  const before = await quarantined();

  // Act
  await idv(sut, 'replay', requestId, ...reason, '--yes');

  // Assess
  expect(before?.subject).toMatch(/^quarantine:idnow:2026-11-27:\d$/);
  expect(await quarantined()).toBeUndefined();
  expect(await deliveriesOf(before?.subject ?? '')).not.toContain(requestId);
  const [moved] = await historyRows(sut, idOf('found'));
  expect(moved).toMatchObject({ decision: 'quarantined', delivery: { deliveryId: requestId } });
  expect((await idv(sut, 'explain', idOf('found'))).out).toContain('Replayed (accepted as event 1)');
});

/** An ident whose compressed body is too large for a row, so the bucket has it. */
function largeIdentOf(transactionNumber: string) {
  const ident = identOf(transactionNumber, 'START');
  return { ...ident, padding: randomBytes(120 * 1024).toString('base64') };
}

test('a large body moves to the objects of the case that the reader has found', async () => {
  // Prepare
  const { requestId } = await receiveWithOlderReader(sut, understandNothing, largeIdentOf('large'));
  const bucket = evidenceOf(sut);
  const unidentified = 'deliveries/idnow/unidentified/';
  expect(await bucket.keys(unidentified)).toEqual([`${unidentified}${requestId}.gz`]);

  // Act
  const { code } = await idv(sut, 'replay', requestId, ...reason, '--yes');

  // Assess
  expect(code).toBe(0);
  const folder = `deliveries/idnow/idnow!${companyId}!large/`;
  expect(await bucket.keys(folder)).toEqual([`${folder}${requestId}.gz`]);
  expect(await bucket.keys(unidentified)).toEqual([]);
  expect((await historyRows(sut, idOf('large')))[0]?.delivery?.body).toMatchObject({
    kind: 'object',
    key: `${folder}${requestId}.gz`,
  });
});

test('a delivery whose body is gone stays in quarantine, and exits with 1', async () => {
  // Prepare
  const { requestId } = await receiveWithOlderReader(sut, understandNothing, largeIdentOf('gone'));
  const Key = `deliveries/idnow/unidentified/${requestId}.gz`;
  await sut.s3.send(new DeleteObjectCommand({ Bucket: evidenceOf(sut).bucket, Key }));

  // Act
  const { code, out } = await idv(sut, 'replay', requestId, ...reason, '--yes');

  // Assess
  expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining('body-gone') });
  expect(await openIds()).toContain(requestId);
  await idv(sut, 'quarantine', 'resolve', requestId, ...reason, '--yes');
});

test('nothing of an erased case is kept: its quarantined delivery is deleted', async () => {
  // Prepare
  const { requestId } = await receiveWithOlderReader(sut, understandNothing, identOf('erased', 'START'));
  const key = (await openKeys()).find(({ at }) => at.endsWith(requestId)) ?? { subject: '', at: '' };
  const outcome = { verificationId: idOf('erased'), result: 'stale', reason: 'erased', sequence: null };

  // Act
  await withStack(sut, (stack) => leaveQuarantine(stack, key, outcome, Buffer.from('{}'), 'x'));

  // Assess
  expect(await deliveriesOf(key.subject)).not.toContain(requestId);
  expect(await historyRows(sut, idOf('erased'))).toEqual([]);
});

test('each ident of a wrapper is a delivery of its own, and is replayed by itself', async () => {
  // Prepare
  const wrapper = {
    identifications: ['one', 'two', 'three'].map((name) => identOf(`wrapped-${name}`, 'SUCCESS')),
  };
  const { requestId, statuses } = await receiveWithOlderReader(sut, older, wrapper);
  expect(statuses).toEqual(['quarantined', 'quarantined', 'quarantined']);
  const openOfRequest = async () => (await openIds()).filter((id) => id?.startsWith(requestId)).sort();

  // Act
  const second = await idv(sut, 'replay', `${requestId}.2`, ...reason, '--yes', '--json');
  const openAfterSecond = await openOfRequest();
  const first = await idv(sut, 'replay', requestId, ...reason, '--yes', '--json');

  // Assess
  expect(JSON.parse(second.out).cases).toMatchObject([
    { deliveryId: `${requestId}.2`, verificationId: idOf('wrapped-two'), result: 'accepted' },
  ]);
  expect(openAfterSecond).toEqual([requestId, `${requestId}.3`]);
  expect(JSON.parse(first.out).cases).toMatchObject([
    { deliveryId: requestId, verificationId: idOf('wrapped-one'), result: 'accepted' },
  ]);
  expect(await openOfRequest()).toEqual([`${requestId}.3`]);
  await idv(sut, 'replay', `${requestId}.3`, ...reason, '--yes');
});

test('a body that was not understood as a whole becomes one delivery per ident', async () => {
  // Prepare
  const wrapper = { identifications: ['a', 'b'].map((name) => identOf(`whole-${name}`, 'SUCCESS')) };
  const { requestId, statuses } = await receiveWithOlderReader(sut, understandNothing, wrapper);
  expect(statuses).toEqual(['quarantined']);

  // Act
  const { code, out } = await idv(sut, 'replay', requestId, ...reason, '--yes', '--json');

  // Assess: no case has the ident of the other.
  expect({ code, cases: JSON.parse(out).cases }).toMatchObject({
    code: 0,
    cases: [
      { deliveryId: requestId, verificationId: idOf('whole-a'), leavesQuarantine: true },
      { deliveryId: `${requestId}.2`, verificationId: idOf('whole-b'), result: 'accepted' },
    ],
  });
  for (const [own, other] of [
    ['whole-a', 'whole-b'],
    ['whole-b', 'whole-a'],
  ] as const) {
    const rows = await eventually(async () => {
      const found = await historyRows(sut, idOf(own));
      expect(found.filter(({ decision }) => decision === 'accepted').length).toBeGreaterThan(0);
      return found;
    });
    expect(JSON.stringify(rows)).not.toContain(other);
  }
});

test('a cause selects only the idents of a wrapper that have this cause', async () => {
  // Prepare
  const odd = identOf('mixed-odd', 'SUCCESS');
  odd.identificationprocess.result = 'SUCCESS_OR_NOT';
  const wrapper = { identifications: [identOf('mixed-known', 'SUCCESS'), odd] };
  const { requestId } = await receiveWithOlderReader(sut, older, wrapper);

  // Act
  const { code, out } = await idv(
    sut,
    'replay',
    '--cause',
    'unknown-status:SUCCESS',
    ...reason,
    '--yes',
    '--json',
  );

  // Assess
  expect({ code, cases: JSON.parse(out).cases }).toMatchObject({
    code: 0,
    cases: [{ verificationId: idOf('mixed-known'), result: 'accepted', leavesQuarantine: true }],
  });
  expect(await openIds()).toEqual([`${requestId}.2`]);
  await idv(sut, 'quarantine', 'resolve', `${requestId}.2`, ...reason, '--yes');
});

test('a cause selects its deliveries, the oldest first, and what is still not understood stays and exits with 1', async () => {
  // Prepare: the provider sent the same ident twice, so the order decides which one is accepted.
  await receiveWithOlderReader(sut, older, identOf('by-cause', 'SUCCESS'), '2026-11-27T11:00:00Z');
  const first = await receiveWithOlderReader(
    sut,
    older,
    identOf('by-cause', 'SUCCESS'),
    '2026-11-27T10:00:00Z',
  );
  const odd = identOf('odd', 'SUCCESS');
  odd.identificationprocess.result = 'SUCCESS_OR_NOT';
  const { requestId } = await receiveWithOlderReader(sut, older, odd);

  // Act
  const dryRun = await idv(sut, 'replay', '--cause', 'unknown-status:SUCCESS', ...reason, '--json');
  const known = await idv(sut, 'replay', '--cause', 'unknown-status:SUCCESS', ...reason, '--yes', '--json');
  const all = await idv(sut, 'replay', '--cause', 'unknown-status', ...reason, '--yes');

  // Assess
  expect(known.code).toBe(0);
  expect(JSON.parse(dryRun.out)).toEqual({ ...JSON.parse(known.out), applied: false });
  expect(JSON.parse(known.out)).toMatchObject({
    cases: [
      { deliveryId: first.requestId, result: 'accepted' },
      { result: 'duplicate', reason: 'seen' },
    ],
  });
  expect(all.code).toBe(1);
  expect(all.out).toMatch(new RegExp(`${requestId} .* still not understood \\(unknown-status\\)`));
  expect(await openIds()).toEqual([requestId]);
  await idv(sut, 'quarantine', 'resolve', requestId, ...reason, '--yes');
});

test('deliveries that were dropped for a reason can be replayed since a time', async () => {
  // Prepare
  await sut.post(identOf('dropped', 'SUCCESS'));
  await sut.post(identOf('dropped', 'CHECK_PENDING'));

  // Act
  const { code, out } = await idv(
    sut,
    'replay',
    '--cause',
    'after-final',
    '--since',
    '1h',
    ...reason,
    '--json',
  );
  const withoutTime = await idv(sut, 'replay', '--cause', 'after-final', ...reason);

  // Assess
  expect(code).toBe(0);
  expect(JSON.parse(out).cases).toMatchObject([
    { verificationId: idOf('dropped'), result: 'stale', reason: 'after-final' },
  ]);
  expect(withoutTime).toMatchObject({ code: 2, err: expect.stringContaining('needs --since') });
});

test.each([
  [['no-such-delivery'], 'has no delivery no-such-delivery'],
  [['--cause', 'because'], '--cause because: not one of seen, same-meaning, '],
  [[], 'Give one of: the id of a delivery, or --cause'],
])('replay %j says what is wrong', async (args, message) => {
  const { code, err } = await idv(sut, 'replay', ...args, ...reason);

  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) });
});
