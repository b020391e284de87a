import { userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { eventually } from '../support/eventually.ts';
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
  expect((await auditOf(sut)).map(({ reason }) => reason)).toContain('ticket 4711');
});

const findEvent = async () => (await sut.events.receive(verificationId, 1))[0];

test('the events of a case are sent again: a dry run first, then with a reason', async () => {
  const path = `${casePath(verificationId)}/operations/resend`;
  const planned = await console.post(path, { from: '2' });
  const refused = await console.post(path, { from: '2', confirm: 'yes' });

  expect(textOf(planned.html)).toMatch(/Resend: dry run .* 2 idv\.evidence\.archived\.v1 .* Resend now/);
  expect(planned.html).not.toContain('idv.verification.decided.v1');
  expect(planned.html).toContain('name="from" value="2"');
  expect(refused.status).toBe(400);
  expect(await actions()).not.toContain('resend');

  const done = await console.post(path, { from: '2', confirm: 'yes', reason: 'the consumer lost it' });

  expect(textOf(done.html)).toContain('1 events sent.');
  expect(await actions()).toContain('resend');
});

const actions = async () => (await auditOf(sut)).map(({ action }) => action);

test('a replay of a decided case says that it would change nothing, and does not offer to do it', async () => {
  const { html } = await console.post(`${casePath(verificationId)}/operations/replay`);

  expect(textOf(html)).toMatch(/Replay: dry run .* 1 duplicate, 1 stale/);
  expect(html).not.toContain('name="confirm"');
});

describe('a delivery with an unknown status', () => {
  const secret = 'a-private-name';
  let deliveryId: string;
  beforeAll(async () => {
    const identificationprocess = { companyid: companyId, transactionnumber: 'strange', result: 'NEW_WORD' };
    const { body } = await sut.post({ identificationprocess, userdata: { firstname: { value: secret } } });
    deliveryId = (body as { deliveryId: string }).deliveryId;
  });

  test('is in the quarantine with its cause, and its body is masked until an operator says why', async () => {
    const list = await console.get('/quarantine');
    const masked = await console.get(`/deliveries/${deliveryId}`);
    const revealed = await console.post(`/deliveries/${deliveryId}`, { reason: 'ticket 4712' });

    expect(textOf(list.html)).toMatch(/unknown-status:NEW_WORD idnow 1 0 of 1/);
    expect(list.html).toContain(`href="/_console/deliveries/${deliveryId}"`);
    expect(masked.html).not.toContain(secret);
    expect(masked.html).toContain('•••');
    expect(revealed.html).toContain(secret);
    expect(await auditOf(sut)).toContainEqual(
      expect.objectContaining({ action: 'reveal', reason: 'ticket 4712' }),
    );
  });

  test('waits on the page Now', async () => {
    expect(textOf((await console.get('/')).html)).toContain('1 delivery of idnow is in the open quarantine');
  });

  test('leaves the quarantine when it is resolved, after a dry run', async () => {
    const fields = { cause: 'unknown-status:NEW_WORD', provider: 'idnow' };
    const planned = await console.post('/quarantine/resolve', fields);
    expect(textOf(planned.html)).toContain('1 would be removed from the open quarantine');
    expect((await console.get('/quarantine')).html).toContain('NEW_WORD');

    await console.post('/quarantine/resolve', {
      ...fields,
      confirm: 'yes',
      reason: 'a test of the provider',
    });

    expect(textOf((await console.get('/quarantine')).html)).toContain('The quarantine is empty');
    expect(await actions()).toContain('quarantine resolve');
  });
});

test('a refused request is counted by its reason, and its numbers are on the page Now', async () => {
  await sut.post({}, { headers: { authorization: `Basic ${btoa('idnow:wrong')}` } });

  await eventually(async () => {
    expect(textOf((await console.get('/refused?since=1h&by=reason')).html)).toMatch(/credential 1 401 idnow/);
  });
  await eventually(async () => {
    expect(textOf((await console.get('/')).html)).toMatch(/Refused 1 address or credential/);
  });
});

test('the queues and their dead letters are counted, and a redrive begins with a dry run', async () => {
  expect(textOf((await console.get('/queues')).html)).toMatch(/evidence jobs of idnow .* 0 0 0 none/);
  const { html } = await console.post('/queues/redrive/evidence');
  expect(textOf(html)).toMatch(/Redrive evidence: dry run .* Nothing waits\./);
  expect(html).not.toContain('name="confirm"');
});

test('the readers of the working tree are compared with those of a git revision', async () => {
  const compared = await console.post('/changes', { against: 'HEAD', since: '1h' });
  const unknown = await console.post('/changes', { against: '--output=x', since: '1h' });

  expect(textOf(compared.html)).toMatch(/\d+ deliveries and results compared: \d+ differ from HEAD/);
  expect(unknown.status).toBe(400);
  expect(textOf(unknown.html)).toContain('git has no revision --output=x');
});

test('the evidence of a case is verified', async () => {
  const { html } = await console.post(`${casePath(verificationId)}/operations/verify-evidence`);

  expect(textOf(html)).toContain('The evidence is as its events say.');
});
