import { userInfo } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';
import { auditOf } from './audit-of.ts';
import { type ConsoleUnderTest, casePath, consoleOf } from './console-under-test.ts';

let sut: SystemUnderTest;
let console: ConsoleUnderTest;
const verificationId = `idnow:${companyId}:decided`;

beforeAll(async () => {
  sut = await startSystemUnderTest();
  console = consoleOf(sut);
  const ident = (state: 'CHECK_PENDING' | 'SUCCESS') =>
    makeIdent({ companyId, transactionNumber: 'decided', state, time: new Date() });
  sut.simulator.put(ident('SUCCESS'));
  await sut.post(ident('SUCCESS'));
  await sut.events.receive(verificationId, 2);
  await sut.post(ident('CHECK_PENDING'));
});
afterAll(() => sut?.stop());

/** The text that people read: without tags, and with single spaces. */
const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

test('the page of a case shows its timeline, the rule of each decision, and why it is where it is', async () => {
  const text = textOf((await console.get(casePath(verificationId))).html);

  expect(text).toContain('The case is approved: the provider vouches for the claims.');
  expect(text).toContain('The result is final: only another final result of the provider revises it.');
  expect(text).toMatch(/Verification decided event 1 accepted → approved final/);
  expect(text).toMatch(/Evidence archived event 2/);
  expect(text).toMatch(/Stale delivery dropped stale after-final .* Only another final result can replace/);
});

test('a case is found by its id and by its reference, and is among the recent cases', async () => {
  const link = `href="/_console${casePath(verificationId)}"`;

  expect((await console.get('/cases')).html).toContain(link);
  expect((await console.get(`/cases?search=${encodeURIComponent(verificationId)}`)).html).toContain(link);
  expect((await console.get('/cases?search=decided')).html).toContain(link);
});

test('a wrong id produces a helpful message', async () => {
  const search = await console.get(`/cases?search=${encodeURIComponent(verificationId.toUpperCase())}`);
  const page = await console.get(casePath('nonsense'));

  expect([search.status, page.status]).toEqual([404, 400]);
  expect(textOf(search.html)).toContain(`Did you mean ${verificationId}?`);
  expect(textOf(page.html)).toContain('The id of a case begins with its provider');
});

test('personal data is masked until an operator says why it is needed, which the audit records', async () => {
  const masked = await console.get(casePath(verificationId));
  const refused = await console.post(`${casePath(verificationId)}/reveal`, { reason: ' ' });
  const revealed = await console.post(`${casePath(verificationId)}/reveal`, { reason: 'ticket 4711' });

  const { data } = JSON.parse(JSON.stringify(await findEvent()));
  const name = data.claims.family_name;
  expect(name).toMatch(/\p{L}+/u);
  expect(refused.status).toBe(400);
  for (const { html } of [masked, refused]) expect(html).not.toContain(name);
  expect(revealed.html).toContain(name);
  expect(textOf((await console.get('/audit')).html)).toMatch(
    new RegExp(`${userInfo().username} reveal ${verificationId} ticket 4711 shown by the console`),
  );
  expect(await auditOf(sut)).toHaveLength(1);
});

const findEvent = async () => (await sut.events.receive(verificationId, 1))[0];

test('the evidence of a case is verified', async () => {
  const { html } = await console.post(`${casePath(verificationId)}/operations/verify-evidence`);

  expect(textOf(html)).toContain('The evidence is as its events say.');
});
