import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { makeDatakeenSession } from '../../local/simulators/datakeen/make-session.ts';
import { computeCallbackSignature } from '../../shared/receiving/guards/signed-url.ts';
import {
  account,
  type DatakeenUnderTest,
  signedPath,
  startDatakeenUnderTest,
  urlSecrets,
} from '../support/datakeen-under-test.ts';
import { type EndpointProxies, endpointProxies } from '../support/endpoint-proxies.ts';
import { eventually } from '../support/eventually.ts';
import { deliveryRows } from '../support/history-rows.ts';
import { expectQuarantined } from '../support/quarantine.ts';
import type { PostOptions } from '../support/system-under-test.ts';

// These tests use version 2 of Datakeen's API, a separate URL for the back office and a list of source addresses.
let proxies: EndpointProxies;
let sut: DatakeenUnderTest;
beforeAll(async () => {
  proxies = endpointProxies();
  sut = await startDatakeenUnderTest({
    interceptEndpoint: proxies.interceptEndpoint,
    simulator: { authorizationScheme: 'Bearer' },
    datakeen: {
      authorizationScheme: 'Bearer',
      sourceIps: ['127.0.0.1/32'],
      newStatusFrom: { reference: 'back-office' },
    },
  });
});
afterEach(() => proxies.refuse(null));
afterAll(async () => {
  await sut?.stop();
  proxies.stop();
});

/** Each test uses its own Datakeen session. */
let lastSession = 0xa00000;
function newSession() {
  lastSession += 1;
  return `662f5f9c9c18e30012${lastSession.toString(16)}`;
}
const idOf = (sessionId: string) => `datakeen:${sessionId}`;
const backOffice = { path: signedPath('back-office') };

/** Sends a webhook from a given local address. @returns the status code */
async function postFrom(localAddress: string, path: string, headers: Record<string, string> = {}) {
  const outgoing = request(`${sut.system.stack.url}${path}`, { method: 'POST', localAddress, headers });
  outgoing.end(JSON.stringify({ sessionId: newSession() }));
  const [incoming] = await once(outgoing, 'response');
  incoming.resume();
  return incoming.statusCode;
}

describe('the sender of a webhook', () => {
  test.each(urlSecrets)(
    'a Datakeen webhook to a URL that is signed with the secret "%s" is accepted',
    async (secret) => {
      const answer = await sut.post({ sessionId: newSession() }, { path: signedPath('case-1', secret) });
      expect([answer.status, answer.body]).toEqual([200, { status: 'accepted', sequence: 1 }]);
    },
  );

  test.each([
    ['no signature', '/webhooks/datakeen'],
    ['a wrong signature', `/webhooks/datakeen/case-2/${'A'.repeat(43)}`],
    ['the signature of another reference', signedPath('case-1').replace('case-1', 'case-2')],
    ['a signature from an unknown secret', signedPath('case-2', 'nobodys-secret')],
    [
      'the signature of another provider',
      `/webhooks/datakeen/case-2/${computeCallbackSignature('id360', 'case-2', urlSecrets[0])}`,
    ],
    [
      'a signature in capitals',
      signedPath('case-2').toUpperCase().replace('/WEBHOOKS/DATAKEEN/CASE-2', '/webhooks/datakeen/case-2'),
    ],
  ])('a Datakeen webhook is answered 401 if its signature is missing or wrong: %s', async (_what, path) => {
    // Prepare
    const sessionId = newSession();
    // Act
    const answer = await sut.post({ sessionId, newStatus: 'user_approved' }, { path });
    // Assess
    expect([answer.status, answer.headers.get('content-type')]).toEqual([401, 'application/problem+json']);
    expect(answer.headers.get('www-authenticate')).toBeNull();
    expect(answer.body).toMatchObject({ type: 'about:blank', title: 'Unauthorized', status: 401 });
    expect(await deliveryRows(sut.all, idOf(sessionId))).toEqual([]);
  });

  test('a request from an unconfigured address is answered 403, even if x-forwarded-for names a configured address', async () => {
    const path = signedPath('case-1');
    expect(await postFrom('127.0.0.2', path, { 'x-forwarded-for': '127.0.0.1' })).toBe(403);
    expect(await postFrom('127.0.0.1', path)).toBe(200);
  });

  test.each(['/webhooks/datakeen', signedPath('case-1')])(
    'the request GET %s is answered 405',
    async (path) => {
      const answer = await sut.post(null, { method: 'GET', path });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
    },
  );

  test.each(['/webhooks/datakeen/case-1', `${signedPath('case-1')}/more`])(
    'a POST request to %s is answered 404',
    async (path) => {
      expect((await sut.post({}, { path })).status).toBe(404);
    },
  );
});

describe('a quarantined delivery', () => {
  test.each<[string, number, unknown, string]>([
    ['invalid JSON', 400, '{"sessionId": "a"', 'not-json'],
    ['an unknown status', 202, { sessionId: 'not-understood', newStatus: 'expired' }, 'unknown-status'],
    ['a status that is not text', 202, { sessionId: 'not-understood', newStatus: 1 }, 'unknown-status'],
    ['no session id', 202, { newStatus: 'ai_approved' }, 'unidentified'],
    ['a session id that is not text', 202, { sessionId: 4711 }, 'unidentified'],
    ['a list instead of an object', 202, [{ sessionId: 'not-understood' }], 'unknown-shape'],
  ])('a delivery with %s is answered %d and stored', async (_what, status, body, reason) => {
    // Act
    const answer = await sut.post(body, backOffice);
    // Assess
    expect(answer.status).toBe(status);
    await expectQuarantined(sut.all, answer, {
      provider: 'datakeen',
      reason,
      verificationId: 'datakeen:not-understood',
    });
  });
});

describe('the status in a webhook', () => {
  test('a status that arrives at the back office’s URL decides the case, and the reference comes from the user’s URL', async () => {
    // Prepare
    const sessionId = newSession();
    sut.datakeen.put(makeDatakeenSession({ sessionId }));
    // Act
    await sut.post({ sessionId, newStatus: 'user_rejected' }, backOffice);
    const [first, decided] = await sut.events.receive(idOf(sessionId), 2);
    await sut.post({ sessionId }, { path: signedPath('case-9') });
    // Assess
    expect([first?.data.providerStatus, first?.data.reference]).toEqual(['user_rejected', null]);
    expect(decided).toMatchObject({
      type: 'idv.verification.decided.v1',
      data: { outcome: 'declined', reference: null },
    });
    const events = await sut.events.receive(idOf(sessionId), 5);
    const again = events.find(({ data }) => data.reference === 'case-9');
    expect(again).toMatchObject({ type: 'idv.verification.updated.v1', data: { outcome: 'declined' } });
    expect(events.at(-1)?.data).toMatchObject({ outcome: 'declined', reference: 'case-9' });
  });

  test('a status that arrives at a URL that users know decides nothing, and the controls do not decide either', async () => {
    // Prepare
    const sessionId = newSession();
    sut.datakeen.put(makeDatakeenSession({ sessionId }));
    // Act
    await sut.post({ sessionId, newStatus: 'user_approved' });
    // Assess
    const [updated, archived] = await sut.events.receive(idOf(sessionId), 2);
    expect(updated?.data).toMatchObject({ phase: 'submitted', providerStatus: '', reference: 'case-1' });
    expect(archived).toMatchObject({
      type: 'idv.evidence.archived.v1',
      data: { phase: 'submitted', outcome: null, claims: {}, documents: [{ type: 'idcard' }, {}] },
    });
  });

  test.each([
    ['ai_rejected', 'declined', 'final'],
    ['verify', null, 'provisional'],
  ])('the status %s of the back office is not changed by later webhooks of the user', async (...row) => {
    // Prepare
    const [newStatus, outcome, finality] = row;
    const sessionId = newSession();
    sut.datakeen.put(makeDatakeenSession({ sessionId }));
    await sut.post({ sessionId, newStatus }, backOffice);
    await sut.events.receive(idOf(sessionId), 3);
    // Act
    await sut.post({ sessionId });
    await sut.events.receive(idOf(sessionId), 5);
    await sut.post({ sessionId }, { path: signedPath('case-2') });
    // Assess
    const all = await sut.events.receive(idOf(sessionId), 7);
    expect(all.map(({ type }) => type.split('.')[2]).slice(3)).toEqual([
      'updated',
      'archived',
      'updated',
      'archived',
    ]);
    expect(all.at(-1)?.data).toMatchObject({ outcome, finality, providerStatus: newStatus });
  });

  test('a status at the back office’s URL decides the case, even after the same body at the user’s URL', async () => {
    // Prepare
    const sessionId = newSession();
    sut.datakeen.put(makeDatakeenSession({ sessionId }));
    await sut.post({ sessionId, newStatus: 'user_rejected' });
    await sut.events.receive(idOf(sessionId), 2);
    // Act
    const answer = await sut.post({ sessionId, newStatus: 'user_rejected' }, backOffice);
    // Assess
    expect(answer.body).toEqual({ status: 'accepted', sequence: 3 });
    const all = await sut.events.receive(idOf(sessionId), 5);
    expect(all[3]).toMatchObject({
      type: 'idv.verification.decided.v1',
      data: { outcome: 'declined', providerStatus: 'user_rejected', reference: 'case-1' },
    });
  });

  test('the back office’s approval, rejection and second approval are all accepted', async () => {
    // Prepare
    const sessionId = newSession();
    const id = idOf(sessionId);
    sut.datakeen.put(makeDatakeenSession({ sessionId }));
    // All three webhooks have the same analysis id. Only their correlation ids differ.
    const analysisId = 'of-the-session';
    const decide = (newStatus: string, correlationId: string) =>
      sut.post({ sessionId, newStatus, analysisId, correlationId }, backOffice);
    // Act
    await decide('user_approved', 'first');
    await sut.events.receive(id, 3);
    await decide('user_rejected', 'second');
    await sut.events.receive(id, 6);
    const repeated = await decide('user_approved', 'first');
    const third = await decide('user_approved', 'third');
    // Assess
    expect([repeated.body, third.body]).toEqual([
      { status: 'duplicate' },
      { status: 'accepted', sequence: 7 },
    ]);
    const all = await sut.events.receive(id, 9);
    expect(all.at(-1)?.data).toMatchObject({ outcome: 'approved', finality: 'final' });
  });
});

describe('personal data and secrets in a delivery', () => {
  const canary = 'CANARYSPECIMEN';
  const secrets = [account.password, ...urlSecrets, 'canary-signature'];
  const traces = [canary, ...secrets];
  const person = { firstName: canary, email: `${canary}@example.com` };
  const sessionId = 'a-session-with-a-canary';

  test.each<[string, number, () => [unknown, PostOptions?], 'dynamodb'?]>([
    ['an accepted delivery', 200, () => [{ ...person, sessionId }]],
    ['a duplicate delivery', 200, () => [{ ...person, sessionId }]],
    [
      'a delivery with an unknown status',
      202,
      () => [{ ...person, sessionId, newStatus: canary }, backOffice],
    ],
    ['a delivery with an unknown shape', 202, () => [[person]]],
    ['a body that is not JSON', 400, () => [`{"name":"${canary}",,}`]],
    ['a body that is too large', 413, () => [canary.repeat(100_000)]],
    [
      'a request with a wrong signature',
      401,
      () => [person, { path: '/webhooks/datakeen/case-1/canary-signature' }],
    ],
    ['a delivery that cannot be written', 503, () => [{ ...person, sessionId: 'another' }], 'dynamodb'],
  ])(
    'the answer to %s has the status %d and no personal data or secrets',
    async (_name, status, send, refuses) => {
      // Prepare
      if (refuses) proxies.refuse(({ service, caller }) => service === refuses && caller.includes('receive'));
      // Act
      const answer = await sut.post(...send());
      // Assess
      expect(answer.status).toBe(status);
      const answerText = JSON.stringify([answer.body, [...answer.headers]]);
      for (const trace of traces) expect(answerText).not.toContain(trace);
    },
  );

  test('no log contains personal data or secrets of a delivery, and no event contains secrets', async () => {
    // Prepare
    await sut.events.receive(idOf(sessionId), 2);
    await eventually(() => {
      for (const name of ['receive-datakeen', 'relay-events', 'fetch-datakeen-evidence'])
        expect(sut.logs.some((line) => line.startsWith(`idv-webhooks-local-${name} `))).toBe(true);
      for (const metric of ['Accepted', 'Duplicate', 'Quarantined', 'Refused', 'Failed'])
        expect(sut.logs.some((line) => line.includes(`Deliveries${metric}`))).toBe(true);
    });
    // Assess
    const logs = sut.logs.join('\n');
    const events = JSON.stringify(sut.events.messages);
    for (const trace of traces) expect(logs).not.toContain(trace);
    expect(events).toContain(canary);
    for (const secret of secrets) expect(events).not.toContain(secret);
  });
});
