import { describe, expect, test } from 'vitest';
import type { Reading } from '../../shared/contract/reading.ts';
import type { CachedSecret } from '../../shared/platform/secrets.ts';
import type { WebhookAdapter } from '../../shared/providers/provider.ts';
import {
  headers,
  ident,
  idnow,
  inlineBodyOf,
  receiverUnderTest,
  rightSecret,
} from './receiver-under-test.ts';

const json = { 'content-type': 'application/json' };
const problemJson = { 'content-type': 'application/problem+json' };

describe('the answer of receiveWebhook', () => {
  test('the answer to an accepted delivery contains the sequence', async () => {
    const { post, history } = receiverUnderTest();
    const answers = [await post(ident(null)), await post(ident('SUCCESS', 5))];
    expect(answers).toEqual([
      { status: 200, headers: json, body: { status: 'accepted', sequence: 1 } },
      { status: 200, headers: json, body: { status: 'accepted', sequence: 2 } },
    ]);
    // The relay records accepted deliveries in the history.
    expect(history).toEqual([]);
  });

  test('the answer to a duplicate delivery contains only the status', async () => {
    const { post, history } = receiverUnderTest();
    await post(ident('SUCCESS', 5));
    expect(await post(ident('SUCCESS', 5))).toEqual({
      status: 200,
      headers: json,
      body: { status: 'duplicate' },
    });
    expect(history.map(({ decision }) => decision)).toEqual([
      { decision: 'duplicate', reason: 'seen', verificationId: 'idnow:democompany:txn-1' },
    ]);
  });

  test('the answer to a stale delivery contains the reason', async () => {
    const { post, history } = receiverUnderTest();
    await post(ident('SUCCESS', 5));
    expect(await post(ident('CHECK_PENDING', 4))).toEqual({
      status: 200,
      headers: json,
      body: { status: 'stale', reason: 'after-final' },
    });
    expect(history.map(({ decision }) => decision)).toEqual([
      { decision: 'stale', reason: 'after-final', verificationId: 'idnow:democompany:txn-1' },
    ]);
  });

  test.each<[string, unknown, string, string | null]>([
    ['an unknown status', ident('ARCHIVED'), 'unknown-status', 'idnow:democompany:txn-1'],
    ['an unknown shape', { errors: [] }, 'unknown-shape', null],
    ['a case without an id', { identificationprocess: { result: 'SUCCESS' } }, 'unidentified', null],
    ['a body with too many nested levels', '['.repeat(65) + ']'.repeat(65), 'unknown-shape', null],
  ])(
    'a delivery that is not understood is answered 202, and the history keeps its body: %s',
    async (_title, body, reason, verificationId) => {
      // Prepare
      const { post, history } = receiverUnderTest();
      // Act
      const answer = await post(body);
      // Assess
      expect(answer).toEqual({
        status: 202,
        headers: json,
        body: { status: 'quarantined', reason, deliveryId: 'request-1' },
      });
      expect(history.map(({ decision }) => decision)).toEqual([
        { decision: 'quarantined', reason, verificationId },
      ]);
      const [{ delivery } = { delivery: undefined }] = history;
      expect(delivery).toMatchObject({
        deliveryId: 'request-1',
        provider: 'idnow',
        receivedAt: '2026-11-22T12:00:00Z',
      });
      expect(inlineBodyOf(delivery).toString()).toBe(typeof body === 'string' ? body : JSON.stringify(body));
    },
  );

  test.each([
    ['an empty body', new Uint8Array()],
    ['a body that is not UTF-8', Uint8Array.from([0x22, 0xff, 0x22])],
    ['a body that is not JSON', Buffer.from('result=SUCCESS')],
  ])(
    'a body that is not JSON in UTF-8 is answered 400, and the history keeps the body: %s',
    async (_title, body) => {
      const { post, history } = receiverUnderTest();
      expect(await post(body)).toEqual({
        status: 400,
        headers: problemJson,
        body: {
          type: 'about:blank',
          title: 'Bad Request',
          status: 400,
          detail: 'The body is not JSON in UTF-8. It has been kept for inspection.',
          reason: 'not-json',
          deliveryId: 'request-1',
        },
      });
      expect(Buffer.compare(inlineBodyOf(history[0]?.delivery), body)).toBe(0);
    },
  );

  test('the answer is 413 only for a body of more than 1 MiB', async () => {
    // Prepare
    const { post, history } = receiverUnderTest();
    const body = (bytes: number) => `"${'x'.repeat(bytes - 2)}"`;
    // Act
    const fits = await post(body(1_048_576));
    const larger = await post(body(1_048_577));
    // Assess
    expect(fits.status).toBe(202);
    expect(larger).toMatchObject({
      status: 413,
      headers: problemJson,
      body: { title: 'Content Too Large', status: 413, reason: 'too-large', deliveryId: 'request-1' },
    });
    expect(history.at(-1)?.decision).toMatchObject({ decision: 'quarantined', reason: 'too-large' });
  });

  test.each(['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'])(
    'a request with another method than POST is answered 405: %s',
    async (method) => {
      const { receive } = receiverUnderTest();
      expect(await receive({ method })).toMatchObject({
        status: 405,
        headers: { ...problemJson, allow: 'POST' },
        body: { title: 'Method Not Allowed', status: 405 },
      });
    },
  );

  test('the 401 answer to a request without a credential has a challenge (WWW-Authenticate)', async () => {
    const { receive, history } = receiverUnderTest();
    expect(await receive({ headers: {} })).toEqual({
      status: 401,
      headers: { ...problemJson, 'www-authenticate': 'Basic realm="idv-webhooks", charset="UTF-8"' },
      body: {
        type: 'about:blank',
        title: 'Unauthorized',
        status: 401,
        detail: 'The credential is missing or wrong.',
      },
    });
    expect(history).toEqual([]);
  });

  test('the 401 answer has no challenge (WWW-Authenticate) if the provider declares none', async () => {
    const { receive } = receiverUnderTest({ source: { ...idnow, challenge: null } });
    expect((await receive({ headers: {} })).headers).toEqual(problemJson);
  });

  test('an unconfigured source address is answered 403, even with a forged X-Forwarded-For header', async () => {
    const { receive } = receiverUnderTest();
    const forged = { ...headers, 'X-Forwarded-For': '127.0.0.1' };
    expect(await receive({ sourceIp: '127.0.0.2', headers: forged })).toMatchObject({
      status: 403,
      headers: problemJson,
      body: { title: 'Forbidden', status: 403 },
    });
  });

  test('the answer to a refused request does not depend on the body', async () => {
    const { receive, history } = receiverUnderTest();
    expect((await receive({ sourceIp: '127.0.0.2', body: 'not JSON' })).status).toBe(403);
    expect((await receive({ headers: {}, body: 'not JSON' })).status).toBe(401);
    expect(history).toEqual([]);
  });

  test.each([
    ['an accepted delivery', ident('SUCCESS', 5)],
    ['a quarantined delivery', ident('ARCHIVED')],
  ])(
    'if a delivery cannot be stored, the answer is 503, and the next try succeeds: %s',
    async (_title, body) => {
      // Prepare
      const { post, faults, historyFaults, items, history } = receiverUnderTest();
      faults.push(new Error('throttled'));
      historyFaults.push(new Error('throttled'));
      // Act
      const refused = await post(body);
      const again = await post(body);
      // Assess
      expect(refused).toEqual({
        status: 503,
        headers: { ...problemJson, 'retry-after': '5' },
        body: {
          type: 'about:blank',
          title: 'Service Unavailable',
          status: 503,
          detail: 'The delivery could not be stored. Send it again.',
        },
      });
      expect(again.status).toBeLessThan(300);
      expect(items.size + history.length).toBe(1);
    },
  );

  test('the answer is 503 if a duplicate delivery cannot be recorded in the history', async () => {
    const { post, historyFaults } = receiverUnderTest();
    await post(ident('SUCCESS', 5));
    historyFaults.push(new Error('throttled'));
    expect((await post(ident('SUCCESS', 5))).status).toBe(503);
    expect((await post(ident('SUCCESS', 5))).body).toEqual({ status: 'duplicate' });
  });

  test('the answer is 503 if the secret cannot be read, because the sender is unknown', async () => {
    const secret: CachedSecret = {
      ...rightSecret,
      current: () => Promise.reject(new Error('no Secrets Manager')),
    };
    expect((await receiverUnderTest({ secret }).post(ident('SUCCESS'))).status).toBe(503);
  });
});

describe('receiveWebhook for a wrapper', () => {
  const wrapped = (...identifications: unknown[]) => ({ identifications });

  test('a body that lists one IDnow ident gets the answer to this ident', async () => {
    const { post } = receiverUnderTest();
    expect((await post(wrapped(ident('SUCCESS', 5)))).body).toEqual({ status: 'accepted', sequence: 1 });
    expect((await post(ident('SUCCESS', 5))).body).toEqual({ status: 'duplicate' });
  });

  test('a body that lists several idents gets the list of their results, with status 202 if one ident is quarantined', async () => {
    // Prepare
    const { post, history } = receiverUnderTest();
    await post(ident('SUCCESS', 5, 'done'));
    // Act
    const answer = await post(
      wrapped(ident('CREATED'), ident(null), ident(null), ident(null, null, 'done'), ident('ARCHIVED')),
    );
    // Assess
    expect(answer).toEqual({
      status: 202,
      headers: json,
      body: [
        { status: 'accepted', sequence: 1 },
        { status: 'accepted', sequence: 2 },
        { status: 'duplicate' },
        { status: 'stale', reason: 'after-final' },
        { status: 'quarantined', reason: 'unknown-status', deliveryId: 'request-1.5' },
      ],
    });
    expect(history.map(({ delivery, decision }) => [delivery.deliveryId, decision.decision])).toEqual([
      ['request-1.3', 'duplicate'],
      ['request-1.4', 'stale'],
      ['request-1.5', 'quarantined'],
    ]);
  });

  test('a body that lists several idents is answered 200 if all of its idents are understood', async () => {
    const { post } = receiverUnderTest();
    expect((await post(wrapped(ident(null), ident('SUCCESS', 5)))).status).toBe(200);
  });

  test('a body that lists 100 idents is read, and a body that lists 101 idents is quarantined', async () => {
    // Prepare
    const { post, items } = receiverUnderTest();
    const idents = (count: number) =>
      Array.from({ length: count }, (_, index) => ident(null, null, `t${index}`));
    // Act
    const answer = await post(wrapped(...idents(101)));
    // Assess
    expect([answer.status, answer.body]).toEqual([
      202,
      { status: 'quarantined', reason: 'unknown-shape', deliveryId: 'request-1' },
    ]);
    expect(items.size).toBe(0);
    expect((await post(wrapped(...idents(100)))).body).toHaveLength(100);
  });

  test('a body that lists half a million invalid entries is one quarantined delivery', async () => {
    const { post, history } = receiverUnderTest();
    const answer = await post(`{"identifications":[${'0,'.repeat(520_000)}0]}`);
    expect([answer.status, answer.body.reason]).toEqual([202, 'unknown-shape']);
    expect(history).toHaveLength(1);
  });
});

describe('the report of receiveWebhook', () => {
  test('each delivery has one log line and one metric, and unknown reasons are counted', async () => {
    // Prepare
    const { post, receive, telemetry, faults } = receiverUnderTest();
    const canceled = ident('CANCELED', 5);
    const unknownReason = {
      identificationprocess: { ...canceled.identificationprocess, reason: 'NEVER_SEEN' },
    };
    // Act
    await post(ident(null));
    await post(ident(null));
    await post(unknownReason);
    await post(ident('CHECK_PENDING', 1));
    await post('not JSON');
    await receive({ headers: {} });
    await receive({ sourceIp: '127.0.0.2' });
    faults.push(new Error('throttled'));
    await post(ident('SUCCESS', 9));
    // Assess
    expect(telemetry.counts).toEqual({
      DeliveriesAccepted: 2,
      DeliveriesDuplicate: 1,
      UnknownReasons: 1,
      DeliveriesStale: 1,
      DeliveriesQuarantinedNotJson: 1,
      DeliveriesRefusedCredential: 1,
      DeliveriesRefusedAddress: 1,
      DeliveriesFailed: 1,
    });
    const verificationId = 'idnow:democompany:txn-1';
    const requestId = 'request-of-api-gateway';
    expect(telemetry.lines).toEqual([
      ['info', 'delivery accepted', { verificationId, sequence: 1, requestId }],
      ['info', 'delivery duplicate', { verificationId, reason: 'seen', requestId }],
      ['info', 'delivery accepted', { verificationId, sequence: 2, requestId }],
      ['warn', 'a reason code is unknown', { verificationId }],
      ['info', 'delivery stale', { verificationId, reason: 'previous-attempt', requestId }],
      ['info', 'delivery quarantined', { verificationId: null, reason: 'not-json', requestId }],
      ['warn', 'delivery refused', { reason: 'credential', sourceIp: '127.0.0.1', requestId }],
      ['warn', 'delivery refused', { reason: 'source-ip', sourceIp: '127.0.0.2', requestId }],
      ['error', 'the delivery could not be stored', { sourceIp: '127.0.0.1', requestId }],
    ]);
    expect(telemetry.flushes).toBe(8);
    expect(telemetry.seconds).toEqual({ AnswerSeconds: expect.any(Number) });
  });

  test('a known reason with the category other is not counted as unknown', async () => {
    const { post, telemetry } = receiverUnderTest();
    const { identificationprocess } = ident('CANCELED', 5);
    await post({ identificationprocess: { ...identificationprocess, reason: 'OTHER_ERROR' } });
    expect(telemetry.counts).toEqual({ DeliveriesAccepted: 1 });
  });
});

describe('the request of receiveWebhook', () => {
  test('the code of a provider gets the reference of a signed URL, or null if the URL is not signed', async () => {
    // Prepare
    const references: (string | null)[] = [];
    const unknown: Reading = { kind: 'unknown', reason: 'unknown-shape', verificationId: null };
    const source: WebhookAdapter = {
      ...idnow,
      read: (_body, reference) => {
        references.push(reference);
        return [unknown];
      },
    };
    const { receive } = receiverUnderTest({ source });
    // Act
    await receive({ pathParameters: { reference: 'my-case', signature: 's' } });
    await receive({});
    // Assess
    expect(references).toEqual(['my-case', null]);
  });

  test('the receiver ignores upper and lower case in the names of request headers', async () => {
    const { receive } = receiverUnderTest();
    const shouting = { AUTHORIZATION: headers.Authorization };
    expect((await receive({ headers: shouting, body: JSON.stringify(ident(null)) })).status).toBe(200);
  });
});
