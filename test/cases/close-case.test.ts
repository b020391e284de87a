import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { IdentState } from '../../local/simulators/idnow/ident-states.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { companyId } from '../support/system-under-test.ts';
import { type CasesUnderTest, startCasesUnderTest } from './cases-under-test.ts';

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await startCasesUnderTest();
});
afterAll(() => cases?.stop());

const id360 = ['--process', 'p', '--field', 'browser_callback_url=https://shop.example/done'];

/** Opens an ID360 enrollment. @returns the id of its verification */
async function openEnrollment(reference: string): Promise<string> {
  const { out } = await cases.open('id360', reference, ...id360);
  return JSON.parse(out).verificationId;
}

/** Plays an ident to SUCCESS, while IDnow's API has it in this state, and waits for its evidence. @returns the evidence in the last event */
async function archiveIdent(transactionNumber: string, atIdnow: IdentState = 'SUCCESS', laterMinutes = 0) {
  const identOf = (state: IdentState, minute: number) => {
    const time = new Date(Date.UTC(2026, 10, 22, 10, minute));
    return makeIdent({ companyId, transactionNumber, state, time });
  };
  cases.idnow.put(identOf(atIdnow, 9 + laterMinutes));
  await cases.sut.post(identOf('SUCCESS', 9));
  const events = await cases.sut.events.receive(`idnow:${companyId}:${transactionNumber}`, 2);
  const evidence = events.at(-1)?.data.evidence;
  if (evidence?.status !== 'archived') throw new Error('the evidence was not archived');
  return evidence;
}

test('an ID360 enrollment is discontinued once, and its case becomes canceled', async () => {
  const id = await openEnrollment('order-1');

  const closed = await cases.close(id, '--yes');
  const again = await cases.close(id, '--yes');

  expect([closed.code, closed.out]).toEqual([0, `${id} is discontinued at ID360, and recorded as event 2`]);
  expect([again.code, again.err]).toEqual([2, expect.stringContaining('is final already (DISCONTINUED)')]);
  expect(cases.id360.requests.discontinue).toBe(1);
  const events = await cases.sut.events.receive(id, 2);
  expect(events.at(-1)?.data).toMatchObject({ phase: 'completed', outcome: 'canceled', finality: 'final' });
});

test('a discontinue without an answer is not repeated', async () => {
  const id = await openEnrollment('order-2');
  const before = cases.id360.requests.discontinue;
  cases.id360.failNext('discontinue', { status: 'hang-up', times: 1 });

  const { code, err } = await cases.close(id, '--yes');

  expect([code, cases.id360.requests.discontinue - before]).toEqual([1, 1]);
  expect(err).toContain('The change may have happened');
});

test('a discontinue that ID360 answers with an explanation is not recorded', async () => {
  const id = await openEnrollment('order-explained');
  cases.id360.failNext('discontinue', { status: 200, times: 1 });

  const { code, out, err } = await cases.close(id, '--yes');

  expect([code, out]).toEqual([1, '']);
  expect(err).toContain('GET discontinue: answered 200. The change may have happened');
  expect((await cases.close(id, '--yes')).code, 'the case is not final').toBe(0);
});

test.each([
  ['200 and an error', { status: 200 }],
  ['503 and retry-after', { status: 503, headers: { 'retry-after': '7' } }],
  ['206', { status: 206 }],
] as const)('a deletion that IDnow answers with %s may have happened', async (title, fault) => {
  const transactionNumber = `answered-${title.replaceAll(' ', '-')}`;
  await archiveIdent(transactionNumber);
  cases.idnow.failNext('deleteIdent', fault);

  const { code, out, err } = await cases.close(`idnow:${companyId}:${transactionNumber}`, '--yes');

  expect([code, out]).toEqual([1, '']);
  expect(err).toContain('The change may have happened');
});

test('an IDnow ident is deleted after its archive was verified', async () => {
  await archiveIdent('txn-1');

  const { code, out } = await cases.close(`idnow:${companyId}:txn-1`, '--yes');

  expect([code, out]).toEqual([
    0,
    `idnow:${companyId}:txn-1 is deleted at IDnow; 2 artifacts are in the archive`,
  ]);
  expect(cases.idnow.idents.find(companyId, 'txn-1')).toBeUndefined();
});

test.each([
  ['manifest.json is gone', 'manifest.json', null, 'its evidence has no manifest'],
  ['manifest.json has changed', 'manifest.json', '{}', 'its manifest is not what the event names'],
  ['an artifact is gone', 'ident.zip', null, 'ident.zip is not what the manifest names'],
  ['an artifact has changed', 'ident.json', '{}', 'ident.json is not what the manifest names'],
] as const)('an IDnow ident is not deleted if %s', async (title, name, content, why) => {
  // Prepare
  const transactionNumber = title.replaceAll(/[. ]/g, '-');
  const { bucket, manifest } = await archiveIdent(transactionNumber);
  const before = cases.idnow.requests.deleteIdent;
  const object = { Bucket: bucket ?? '', Key: manifest?.replace('manifest.json', name) ?? '' };
  await cases.sut.s3.send(
    content === null ? new DeleteObjectCommand(object) : new PutObjectCommand({ ...object, Body: content }),
  );

  // Act
  const { code, err } = await cases.close(`idnow:${companyId}:${transactionNumber}`, '--yes');

  // Assess
  expect([code, err]).toEqual([2, expect.stringContaining(why)]);
  expect(cases.idnow.requests.deleteIdent).toBe(before);
});

test('an IDnow ident is not deleted if its archive has the ident in another state', async () => {
  // Prepare
  await archiveIdent('txn-reopened', 'CHECK_PENDING', 20);
  const before = cases.idnow.requests.deleteIdent;

  // Act
  const { code, err } = await cases.close(`idnow:${companyId}:txn-reopened`, '--yes');

  // Assess
  expect([code, err]).toEqual([
    2,
    expect.stringContaining('the archived ident has the status CHECK_PENDING, but the case SUCCESS'),
  ]);
  expect(cases.idnow.requests.deleteIdent).toBe(before);
});

test('an IDnow ident that is not final is not deleted', async () => {
  await cases.open('idnow', 'txn-open');

  const { code, err } = await cases.close(`idnow:${companyId}:txn-open`, '--yes');

  expect([code, err]).toEqual([2, expect.stringContaining('the case is not final')]);
});

test('a second deletion says that IDnow has no such ident', async () => {
  await archiveIdent('txn-2');
  await cases.close(`idnow:${companyId}:txn-2`, '--yes');

  const { code, err } = await cases.close(`idnow:${companyId}:txn-2`, '--yes');

  expect([code, err]).toEqual([1, 'DELETE ident: answered 404']);
});

test.each([
  ['--yes is missing', ['id360:1'], 'run the command with --yes'],
  ['the verification is unknown', ['id360:1', '--yes'], 'there is no such verification'],
  ['no verification is given', ['--yes'], 'Usage: npm run -s close-case'],
] as const)('nothing is closed if %s', async (_title, args, why) => {
  const { code, err } = await cases.close(...args);

  expect([code, err]).toEqual([2, expect.stringContaining(why)]);
});

test('Datakeen has no request that closes a session', async () => {
  const { out } = await cases.open('datakeen', 'order-3');

  const { code, err } = await cases.close(JSON.parse(out).verificationId, '--yes');

  expect([code, err]).toEqual([2, 'datakeen has no request that closes a case']);
});
