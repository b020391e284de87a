import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDatakeenWebhook } from '../../local/simulators/datakeen/make-webhook.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { companyId } from '../support/system-under-test.ts';
import { type CasesUnderTest, callbackHeader, startCasesUnderTest } from './cases-under-test.ts';

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await startCasesUnderTest();
});
afterAll(() => cases?.stop());

const browser = ['--field', 'browser_callback_url=https://shop.example/done'];
const id360 = ['--process', '8f14e45f-ceea-467f-9a5b-0d9d8a1c9b1e', ...browser];

/** POSTs a webhook as the provider would, to the URL and with the headers of the request that opened the case. */
function callBack(url: string, headers: Record<string, string>, body: unknown): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

test('an opened ID360 enrollment is registered as created, and its callback reaches the same case', async () => {
  // Act
  const { code, out } = await cases.open('id360', 'order-1', ...id360, '--field', 'last_name=MARTIN');

  // Assess: what the caller keeps, and the request that ID360 received
  const kept = JSON.parse(out);
  const request = cases.id360.created.find(({ id }) => String(id) === kept.id);
  expect([code, kept]).toEqual([
    0,
    {
      verificationId: `id360:${request?.id}`,
      reference: 'order-1',
      id: String(request?.id),
      apiKey: request?.apiKey,
      link: `${cases.id360.url}/static/process_ui/index.html#/enrollment/${request?.apiKey}`,
      registration: { kind: 'accepted', sequence: 1 },
    },
  ]);
  const [endpoint] = request?.request.callback_endpoints ?? [];
  expect(request?.processId).toBe('8f14e45f-ceea-467f-9a5b-0d9d8a1c9b1e');
  expect(request?.request).toMatchObject({ client_reference: 'order-1', last_name: 'MARTIN' });
  expect(endpoint?.headers).toEqual([{ name: callbackHeader.name, value: callbackHeader.values[0] }]);

  // Act: the user starts
  const answer = await callBack(
    endpoint?.url ?? '',
    Object.fromEntries(endpoint?.headers.map(({ name, value }) => [name, value]) ?? []),
    { id: request?.id, status: 'STARTED', reason: null },
  );

  // Assess
  expect([answer.status, await answer.json()]).toEqual([200, { status: 'accepted', sequence: 2 }]);
  const events = await cases.sut.events.receive(kept.verificationId, 2);
  expect(events.map(({ type, data }) => [type, data.phase, data.providerStatus, data.reference])).toEqual([
    ['idv.verification.updated.v1', 'created', 'NEW', 'order-1'],
    ['idv.verification.started.v1', 'in_progress', 'STARTED', 'order-1'],
  ]);
});

test('an opened Datakeen session is registered as created, and its webhook reaches the same case', async () => {
  const { code, out } = await cases.open('datakeen', 'order-2', '--field', 'lastName=DUPONT');

  const kept = JSON.parse(out);
  const created = cases.datakeen.created.find(({ sessionId }) => sessionId === kept.id);
  expect([code, kept]).toMatchObject([
    0,
    {
      verificationId: `datakeen:${created?.sessionId}`,
      apiKey: null,
      link: `https://app.datakeen.co/client/test?sessionId=${kept.id}`,
      registration: { kind: 'accepted', sequence: 1 },
    },
  ]);
  expect(created?.request).toMatchObject({ lastName: 'DUPONT' });
  const answer = await callBack(
    created?.request.webhookURL ?? '',
    {},
    makeDatakeenWebhook({ sessionId: kept.id }),
  );
  expect(await answer.json()).toEqual({ status: 'accepted', sequence: 2 });
  const events = await cases.sut.events.receive(kept.verificationId, 2);
  expect(events.map(({ data }) => [data.phase, data.reference])).toEqual([
    ['created', 'order-2'],
    ['submitted', 'order-2'],
  ]);
});

test('an opened IDnow ident is registered as created, and its webhook reaches the same case', async () => {
  const { code, out } = await cases.open('idnow', 'TXN-open', '--field', 'lastname=Musterman');

  const kept = JSON.parse(out);
  const ident = cases.idnow.idents.find(companyId, 'txn-open');
  expect([code, kept]).toEqual([
    0,
    {
      verificationId: `idnow:${companyId}:txn-open`,
      reference: 'TXN-open',
      id: ident?.identificationprocess.id,
      apiKey: null,
      link: `${cases.idnow.url}/${ident?.identificationprocess.id}`,
      registration: { kind: 'accepted', sequence: 1 },
    },
  ]);
  const started = makeIdent({ companyId, transactionNumber: 'TXN-open', state: 'START', time: new Date() });
  expect((await cases.sut.post(started)).body).toEqual({ status: 'accepted', sequence: 2 });
});

test('opening the same IDnow ident again changes nothing', async () => {
  await cases.open('idnow', 'txn-twice');
  const { code, out } = await cases.open('idnow', 'txn-twice');

  expect([code, JSON.parse(out).registration]).toEqual([0, { kind: 'duplicate', reason: 'seen' }]);
});

test.each(['hang-up', 500] as const)(
  'a request without a usable answer (%s) is not repeated: the case may exist',
  async (status) => {
    const before = cases.id360.requests.create;
    cases.id360.failNext('create', { status, times: 1 });

    const { code, err } = await cases.open('id360', 'order-3', ...id360);

    expect([code, cases.id360.requests.create - before]).toEqual([1, 1]);
    expect(err).toContain('The change may have happened');
  },
);

test('an expired token is renewed, and the case is opened once', async () => {
  await cases.open('datakeen', 'order-4');
  const before = cases.datakeen.created.length;
  cases.datakeen.expireTokens();

  const { code } = await cases.open('datakeen', 'order-5');

  expect([code, cases.datakeen.created.length - before]).toEqual([0, 1]);
});

test('a request that the provider refuses is told as refused', async () => {
  cases.id360.failNext('create', { status: 400, times: 1 });

  const { code, err } = await cases.open('id360', 'order-6', ...id360);

  expect([code, err]).toEqual([1, 'POST enrollment: answered 400']);
});

test.each([
  ['no process', ['id360', 'order-7', ...browser], 'id360 needs --process'],
  ['no browser URL', ['id360', 'order-7', '--process', 'p'], 'browser_callback_url'],
  ['an unknown provider', ['acme', 'order-7'], 'there is no such provider'],
  ['a reference that no URL can hold', ['datakeen', 'order 7'], 'a reference has'],
  ['a transaction number that IDnow refuses', ['idnow', 'order 7'], 'a transaction number has'],
  ['a field without a value', ['datakeen', 'order-7', '--field', 'lastName'], 'not NAME=VALUE'],
  ['a file that is not there', ['datakeen', 'order-7', '--data', '/nowhere'], '--data /nowhere'],
  ['no reference', ['datakeen'], 'Usage: npm run -s open-case'],
] as const)('the command refuses %s before it sends anything', async (_title, args, why) => {
  const { code, out, err } = await cases.open(...args);

  expect([code, out, err]).toEqual([2, '', expect.stringContaining(why)]);
});
