import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import {
  type DatakeenUnderTest,
  signedPath,
  startDatakeenUnderTest,
} from '../support/datakeen-under-test.ts';
import { eventually } from '../support/eventually.ts';
import {
  deliveryRows,
  historyRows,
  openQuarantineKeys,
  queryIndex,
  rawBody,
} from '../support/history-rows.ts';
import { companyId } from '../support/system-under-test.ts';

let sut: DatakeenUnderTest;
beforeAll(async () => {
  sut = await startDatakeenUnderTest();
});
afterAll(() => sut?.stop());

type State = Parameters<typeof makeIdent>[0]['state'];
const ident = (transactionNumber: string, state: State, minute: number) =>
  makeIdent({ companyId, transactionNumber, state, time: new Date(Date.UTC(2026, 10, 22, 10, minute)) });

test('the history of a case has each delivery with its decision, and each event as it was published', async () => {
  // Prepare
  const id = `idnow:${companyId}:told`;
  const final = ident('told', 'SUCCESS', 9);
  sut.all.simulator.put(final);
  // Act
  const bodies = [ident('told', 'START', 0), final, final, ident('told', 'CHECK_PENDING', 5)];
  for (const body of bodies) await sut.all.post(body);
  const published = await sut.events.receive(id, 3);
  // Assess
  const rows = await eventually(async () => {
    const found = await historyRows(sut.all, id);
    expect(found).toHaveLength(5);
    return found;
  });
  expect(rows.flatMap(({ event }) => (event === null ? [] : [event]))).toEqual(published);
  const told = rows.map(({ decision, reason, sequence, delivery }) => [
    decision,
    reason,
    sequence,
    !!delivery,
  ]);
  expect(told.toSorted()).toEqual([
    ['accepted', null, 1, true],
    ['accepted', null, 2, true],
    ['accepted', null, 3, false],
    ['duplicate', 'seen', null, true],
    ['stale', 'after-final', null, true],
  ]);
  const deliveries = await deliveryRows(sut.all, id);
  const stored = await Promise.all(deliveries.map((row) => rawBody(sut.all, row)));
  expect(stored.map(String).toSorted()).toEqual(bodies.map((body) => JSON.stringify(body)).toSorted());
  for (const { delivery } of deliveries) {
    expect(delivery).toMatchObject({ sourceIp: '127.0.0.1', signature: 'none', reference: null });
    expect(delivery.softwareVersion).toMatch(/^\d+\.\d+\.\d+\+[0-9a-f]{8}$/);
  }
});

test('the caller finds a case by its own reference: from the body, and from a signed URL', async () => {
  // Act
  await sut.all.post(ident('by-reference', 'START', 0));
  await sut.all.post(ident('by-reference', 'CHECK_PENDING', 5));
  const sessionId = '662f5f9c9c18e30012c2e001';
  await sut.post({ sessionId }, { path: signedPath('case-77') });
  // Assess
  await eventually(async () => {
    const idnow = await queryIndex(sut.all, 'byReference', 'by-reference');
    const datakeen = await queryIndex(sut.all, 'byReference', 'case-77');
    expect(idnow.map(({ subject }) => subject)).toEqual([`idnow:${companyId}:by-reference`]);
    expect(datakeen.map(({ subject }) => subject)).toEqual([`datakeen:${sessionId}`]);
  });
  const [row] = await deliveryRows(sut.all, `datakeen:${sessionId}`);
  expect(row?.delivery).toMatchObject({ reference: 'case-77', signature: 'valid' });
});

test('a quarantined delivery stands under the verification that it names, or else under its provider and day', async () => {
  // Act
  const named = await sut.all.post({
    ...ident('odd', 'START', 0),
    identificationprocess: { companyid: companyId, transactionnumber: 'odd', result: 'SINGING' },
  });
  const unnamed = await sut.all.post({ nothing: 'that we know' });
  const ofCase = await sut.post({ session: 'none' }, { path: signedPath('case-78') });
  // Assess
  const subjectOf = async (provider: string, body: unknown) => {
    const keys = await openQuarantineKeys(sut.all, provider);
    return keys.find(({ at }) => at.endsWith(`#${Object(body).deliveryId}`))?.subject;
  };
  const today = new Date().toISOString().slice(0, 10);
  expect(await subjectOf('idnow', named.body)).toBe(`idnow:${companyId}:odd`);
  expect(await subjectOf('idnow', unnamed.body)).toMatch(new RegExp(`^quarantine:idnow:${today}:\\d$`));
  expect(await historyRows(sut.all, `idnow:${companyId}:odd`)).toMatchObject([
    { decision: 'quarantined', reason: 'unknown-status', event: null },
  ]);
  const [found] = await queryIndex(sut.all, 'byReference', 'case-78');
  expect(found?.subject).toBe(await subjectOf('datakeen', ofCase.body));
});
