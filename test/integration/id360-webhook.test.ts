import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { makeId360Callback } from '../../local/simulators/id360/make-callback.ts';
import { makeId360Report } from '../../local/simulators/id360/make-report.ts';
import type { VerificationEvent } from '../../shared/contract/verification-event.ts';
import { type EndpointProxies, endpointProxies } from '../support/endpoint-proxies.ts';
import { eventually } from '../support/eventually.ts';
import { deliveryRows } from '../support/history-rows.ts';
import {
  account,
  callbackHeader,
  type Id360UnderTest,
  signedPath,
  startId360UnderTest,
  token,
  urlSecrets,
} from '../support/id360-under-test.ts';
import { expectQuarantined } from '../support/quarantine.ts';
import type { PostOptions } from '../support/system-under-test.ts';

let proxies: EndpointProxies;
let sut: Id360UnderTest;
beforeAll(async () => {
  proxies = endpointProxies();
  sut = await startId360UnderTest({
    interceptEndpoint: proxies.interceptEndpoint,
    id360: { sourceIps: ['127.0.0.1/32'] },
  });
});
afterEach(() => proxies.refuse(null));
afterAll(async () => {
  await sut?.stop();
  proxies.stop();
});

/** Each test uses its own enrollment. */
let lastId = 70_000;
const newId = () => (lastId += 1);

/** Waits for the events `idv.verification.*` of an enrollment. Events about evidence have their own test file. */
async function eventsOf(id: number | string, count: number) {
  const ownEvents = (all: readonly VerificationEvent[]) =>
    all.filter(({ type }) => type.startsWith('idv.verification.'));
  const all = await sut.events.receiveUntil(`id360:${id}`, (each) => ownEvents(each).length >= count);
  expect(ownEvents(all)).toHaveLength(count);
  return ownEvents(all);
}

/** Sends a webhook with the exact spelling of the header names. @returns status code and content type */
async function rawPost(body: unknown, headers: Record<string, string>, localAddress = '127.0.0.1') {
  const outgoing = request(`${sut.system.stack.url}/webhooks/id360`, {
    method: 'POST',
    localAddress,
    headers: { 'content-type': 'application/json', ...headers },
  });
  outgoing.end(JSON.stringify(body));
  const [incoming] = await once(outgoing, 'response');
  incoming.resume();
  return [incoming.statusCode, incoming.headers['content-type']];
}

const refused = { type: 'about:blank', title: 'Unauthorized', status: 401 };

describe('the sender of a callback', () => {
  test.each<[string, () => PostOptions]>([
    ['the first header value', () => ({})],
    ['the second header value', () => ({ headers: { [callbackHeader.name]: callbackHeader.values[1] } })],
    ['a signed URL and the header', () => ({ path: signedPath('order-1') })],
    ['a URL signed with the second secret', () => ({ path: signedPath('order-1', urlSecrets[1]) })],
  ])('an ID360 callback is accepted with each configured credential: %s', async (_what, options) => {
    const answer = await sut.post(makeId360Callback({ id: newId(), status: 'STARTED' }), options());
    expect([answer.status, answer.body]).toEqual([200, { status: 'accepted', sequence: 1 }]);
  });

  test.each(['x-callback-token', 'X-CALLBACK-TOKEN', 'X-callBack-Token'])(
    'an ID360 callback with the secret header spelled %s is accepted',
    async (name) => {
      const body = makeId360Callback({ id: newId(), status: 'STARTED' });
      expect(await rawPost(body, { [name]: callbackHeader.values[0] })).toEqual([200, 'application/json']);
    },
  );

  const otherProviders = signedPath('order-2').replace(
    /[^/]+$/,
    // Computed as: base64url(HMAC-SHA256('a-test-url-secret', 'datakeen/order-2'))
    'oaxbc-SUGy-PHA1vSCEaQsiAENy4WfWNYGlb_0JKhfg',
  );
  test.each<[string, PostOptions]>([
    ['no header', { headers: {} }],
    ['a wrong header value', { headers: { [callbackHeader.name]: 'a-test-header-valuE' } }],
    ['an empty header value', { headers: { [callbackHeader.name]: '' } }],
    ['the secret value in another header', { headers: { authorization: callbackHeader.values[0] } }],
    ['a valid signature but no header', { path: signedPath('order-2'), headers: {} }],
    [
      'a valid signature and a wrong header value',
      { path: signedPath('order-2'), headers: { [callbackHeader.name]: 'x' } },
    ],
    ['a wrong signature', { path: '/webhooks/id360/order-2/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
    ['the signature of another reference', { path: signedPath('order-1').replace('order-1', 'order-2') }],
    ["another provider's signature", { path: otherProviders }],
    ['a signature from an unknown secret', { path: signedPath('order-2', 'nobodys-secret') }],
  ])(
    'an ID360 callback is answered 401 if its header or signature is missing or wrong: %s',
    async (_what, options) => {
      // Prepare
      const id = newId();
      // Act
      const answer = await sut.post(makeId360Callback({ id, status: 'OK' }), options);
      // Assess
      expect([answer.status, answer.headers.get('content-type')]).toEqual([401, 'application/problem+json']);
      expect(answer.body).toMatchObject(refused);
      expect(await deliveryRows(sut.all, `id360:${id}`)).toEqual([]);
    },
  );

  test('a request from an unconfigured address is answered 403, even if x-forwarded-for names a configured address', async () => {
    // Prepare
    const body = makeId360Callback({ id: newId(), status: 'STARTED' });
    const headers = { ...token, 'x-forwarded-for': '127.0.0.1' };
    // Act and assess
    expect(await rawPost(body, headers, '127.0.0.2')).toEqual([403, 'application/problem+json']);
    expect(await rawPost(body, headers, '127.0.0.1')).toEqual([200, 'application/json']);
  });

  test.each(['/webhooks/id360', signedPath('order-3')])(
    'the request GET %s is answered 405',
    async (path) => {
      const answer = await sut.post(null, { method: 'GET', path });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
    },
  );

  test.each(['/webhooks/id360/order-3', `${signedPath('order-3')}/more`])(
    'a POST request to %s is answered 404',
    async (path) => {
      expect((await sut.post({}, { path })).status).toBe(404);
    },
  );
});

describe('a quarantined delivery', () => {
  test.each<[string, number, unknown, string]>([
    ['invalid JSON', 400, '{"id": 1, "status": "OK"', 'not-json'],
    ['an unknown status', 202, { id: 71_001, status: 'SUSPENDED' }, 'unknown-status'],
    ['the status DELETED', 202, { id: 71_001, status: 'DELETED' }, 'unknown-status'],
    ['a status that is not text', 202, { id: 71_001, status: 1 }, 'unknown-status'],
    ['no status', 202, { id: 71_001 }, 'unknown-status'],
    ['no id', 202, { status: 'OK' }, 'unidentified'],
    ['the id null', 202, { id: null, status: 'OK' }, 'unidentified'],
    ['an id with decimals', 202, { id: 1.5, status: 'OK' }, 'unidentified'],
    ['a list instead of an object', 202, [{ id: 71_001, status: 'OK' }], 'unknown-shape'],
  ])('a delivery with %s is answered %d and stored', async (_what, status, body, reason) => {
    // Act
    const answer = await sut.post(body);
    // Assess
    expect(answer.status).toBe(status);
    await expectQuarantined(sut.all, answer, { provider: 'id360', reason, verificationId: 'id360:71001' });
  });
});

describe('an enrollment', () => {
  test('the id of an enrollment may be a number or text, and the enrollment keeps the reference of its signed URL', async () => {
    // Prepare
    const id = newId();
    const path = signedPath('order-77_a.b~c');
    // Act
    const answers = [
      await sut.post(makeId360Callback({ id, step: { number: 1 } }), { path }),
      await sut.post(makeId360Callback({ id: String(id), step: { number: 2 } }), { path }),
      await sut.post(makeId360Callback({ id, status: 'CANCELED' })),
    ];
    // Assess
    expect(answers.map(({ body }) => body)).toEqual([
      { status: 'accepted', sequence: 1 },
      { status: 'accepted', sequence: 2 },
      { status: 'accepted', sequence: 3 },
    ]);
    const events = await eventsOf(id, 3);
    expect(events.map(({ subject, data }) => [subject, data.reference])).toEqual([
      [`id360:${id}`, 'order-77_a.b~c'],
      [`id360:${id}`, 'order-77_a.b~c'],
      [`id360:${id}`, 'order-77_a.b~c'],
    ]);
  });

  test('an enrollment may have a UUID as its id and no reference', async () => {
    const id = '0b5c8a52-6a1e-4d5e-9a51-5ec1a11e0360';
    await sut.post({ id, status: 'FAILED' });
    const [event] = await eventsOf(id, 1);
    expect(event?.data).toMatchObject({ verificationId: `id360:${id}`, reference: null, outcome: 'error' });
  });

  test.each([
    ['NEW', 'idv.verification.updated.v1', 'created', null, 'provisional'],
    ['STARTED', 'idv.verification.started.v1', 'in_progress', null, 'provisional'],
    ['OK', 'idv.verification.decided.v1', 'completed', 'approved', 'final'],
    ['KO', 'idv.verification.decided.v1', 'completed', 'declined', 'final'],
    ['FAILED', 'idv.verification.decided.v1', 'completed', 'error', 'final'],
    ['CANCELED', 'idv.verification.decided.v1', 'completed', 'expired', 'final'],
    ['DISCONTINUED', 'idv.verification.decided.v1', 'completed', 'canceled', 'final'],
  ])('a callback with the status %s is published as %s', async (status, type, phase, outcome, finality) => {
    // Prepare
    const id = newId();
    // Act
    await sut.post({ id, status });
    // Assess
    const [event] = await eventsOf(id, 1);
    expect(event).toMatchObject({
      type,
      id: `id360:${id}#${event?.data.generation}.1`,
      source: '/providers/id360',
      data: { provider: 'id360', phase, outcome, finality, providerStatus: status, sequence: 1, attempt: 1 },
    });
  });

  const accepted = (sequence: number) => ({ status: 'accepted', sequence });
  const duplicate = { status: 'duplicate' };
  const afterFinal = { status: 'stale', reason: 'after-final' };
  const outOfOrder = { status: 'stale', reason: 'out-of-order' };
  test.each<[string, object[]]>([
    ['NEW STARTED CANCELED', [accepted(1), accepted(2), accepted(3)]],
    ['STARTED NEW FAILED', [accepted(1), outOfOrder, accepted(2)]],
    ['CANCELED STARTED NEW', [accepted(1), afterFinal, afterFinal]],
    ['DISCONTINUED STARTED DISCONTINUED', [accepted(1), afterFinal, duplicate]],
    ['NEW NEW STARTED STARTED', [accepted(1), duplicate, accepted(2), duplicate]],
    ['FAILED OK', [accepted(1), accepted(2)]],
  ])('callbacks with the statuses %s are answered %j', async (statuses, expected) => {
    // Prepare
    const id = newId();
    // Act
    const answers: unknown[] = [];
    for (const status of statuses.split(' ')) answers.push((await sut.post({ id, status })).body);
    // Assess
    expect(answers).toEqual(expected);
  });

  test('each step of an enrollment is published with the name of the step, in the order of arrival', async () => {
    // Prepare
    const id = newId();
    // Act
    await sut.post(makeId360Callback({ id, step: { number: 4 } }));
    await sut.post(
      makeId360Callback({ id, step: { number: 1, status: 'KO', errors: ['VLD_DOCUMENT_INVALID'] } }),
    );
    const again = await sut.post(makeId360Callback({ id, step: { number: 4 } }));
    await sut.post(makeId360Callback({ id, step: { number: 5 } }));
    // Assess
    expect(again.body).toEqual({ status: 'duplicate' });
    const events = await eventsOf(id, 3);
    expect(events.map(({ type }) => type)).toEqual(Array(3).fill('idv.verification.progressed.v1'));
    expect(events.map(({ data }) => data.provider_data)).toEqual([
      {
        enrollment_step: {
          name: 'liveness',
          type: 'LeiaFaceChallengeStep',
          status: 'OK',
          documents: ['liveness_video$0'],
        },
        steps_status: { done: 4, total: 6 },
      },
      {
        enrollment_step: {
          name: 'id_document',
          type: 'SDRIdentityDocumentStep',
          status: 'KO',
          errors: ['VLD_DOCUMENT_INVALID'],
          documents: ['id_document_image'],
        },
        steps_status: { done: 1, total: 6 },
      },
      {
        enrollment_step: {
          name: 'liveness',
          type: 'LeiaFaceChallengeStep',
          status: 'OK',
          documents: ['liveness_video$1'],
        },
        steps_status: { done: 5, total: 6 },
      },
    ]);
    expect(events.map(({ data }) => [data.phase, data.outcome])).toEqual(
      Array(3).fill(['in_progress', null]),
    );
  });

  test('an ID360 callback with a step does not reopen an enrollment that already has a result', async () => {
    // Prepare
    const id = newId();
    await sut.post(makeId360Callback({ id, step: { number: 5 } }));
    await sut.post(makeId360Callback({ id, status: 'FAILED', reason: 'SVC_RESPONSE_INVALID' }));
    // Act
    const late = await sut.post(makeId360Callback({ id, step: { number: 6 } }));
    // Assess
    expect([late.status, late.body]).toEqual([200, { status: 'stale', reason: 'after-final' }]);
    const events = await eventsOf(id, 2);
    expect(events[1]?.data).toMatchObject({
      outcome: 'error',
      reasons: [
        { code: 'service_response_invalid', category: 'technical', providerCode: 'SVC_RESPONSE_INVALID' },
      ],
    });
  });

  test('an enrollment that is KO after OK is revised', async () => {
    // Prepare
    const id = newId();
    // Act
    await sut.post(makeId360Callback({ id, status: 'OK' }));
    const answer = await sut.post(makeId360Callback({ id, status: 'KO', reason: 'SEC_DATA_INJECTION' }));
    // Assess
    expect(answer.status).toBe(200);
    const [decided, revised] = await eventsOf(id, 2);
    expect(decided).toMatchObject({ type: 'idv.verification.decided.v1', data: { outcome: 'approved' } });
    expect(revised).toMatchObject({
      type: 'idv.verification.revised.v1',
      data: {
        outcome: 'declined',
        supersedes: `id360:${id}#${decided?.data.generation}.1`,
        reasons: [{ code: 'data_injection', category: 'fraud', providerCode: 'SEC_DATA_INJECTION' }],
      },
    });
  });
});

test('idClaim and PDF are not requested if their paths are not configured', async () => {
  // Prepare
  const id = newId();
  sut.id360.put(makeId360Report({ id, status: 'OK', documents: ['selfie'] }));
  // Act
  await sut.post(makeId360Callback({ id, status: 'OK' }));
  const [, archived] = await sut.events.receive(`id360:${id}`, 2);
  // Assess
  expect(archived?.type).toBe('idv.evidence.archived.v1');
  expect(archived?.data.evidence?.artifacts.map(({ name }) => name)).toEqual([
    'report.json',
    `documents/selfie/selfie_image_upload-${id}00-0.jpg`,
    `documents/selfie/selfie_image-${id}01-0.jpg`,
  ]);
  expect(archived?.data.evidence?.missing).toEqual([]);
  expect(sut.id360.requests).toMatchObject({ idclaim: 0, pdf: 0, other: 0 });
});

describe('personal data and secrets in a delivery', () => {
  const canary = 'CANARYBERTHIER';
  const secrets = [
    account.password,
    ...callbackHeader.values,
    ...urlSecrets,
    'canary-header',
    'canary-signature',
  ];
  const traces = [canary, ...secrets];
  const person = { identity: { name: canary, email: `${canary}@example.com` } };

  test.each<[string, number, () => [unknown, PostOptions?], 'dynamodb'?]>([
    ['an accepted callback', 200, () => [{ ...person, ...makeId360Callback({ id: 72_000, status: 'OK' }) }]],
    ['a duplicate callback', 200, () => [{ ...person, ...makeId360Callback({ id: 72_000, status: 'OK' }) }]],
    [
      'a stale callback',
      200,
      () => [{ ...person, ...makeId360Callback({ id: 72_000, step: { number: 1 } }) }],
    ],
    ['a callback with an unknown status', 202, () => [{ ...person, id: 72_000, status: canary }]],
    ['a callback with an unknown shape', 202, () => [[person]]],
    ['a body that is not JSON', 400, () => [`{"name":"${canary}",,}`]],
    ['a body that is too large', 413, () => [canary.repeat(100_000)]],
    [
      'a request with a wrong header value',
      401,
      () => [person, { headers: { [callbackHeader.name]: 'canary-header' } }],
    ],
    [
      'a request with a wrong signature',
      401,
      () => [person, { path: '/webhooks/id360/order-1/canary-signature' }],
    ],
    [
      'a callback that cannot be written',
      503,
      () => [{ ...person, id: 72_001, status: 'STARTED' }],
      'dynamodb',
    ],
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
    await eventsOf(72_000, 1);
    await eventually(() => {
      for (const name of ['receive-id360', 'relay-events', 'fetch-id360-evidence'])
        expect(sut.logs.some((line) => line.startsWith(`idv-webhooks-local-${name} `))).toBe(true);
      for (const metric of ['Accepted', 'Duplicate', 'Stale', 'Quarantined', 'Refused', 'Failed'])
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
