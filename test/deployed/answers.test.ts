import { describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { historyRows, openQuarantine, quarantinedRow, rawBody } from '../support/history-rows.ts';
import { deployed } from './deployed-system.ts';
import { companyId, ident } from './idents.ts';
import { postWebhook } from './post-webhook.ts';

type PostArguments = Parameters<typeof postWebhook> extends [unknown, ...infer Rest] ? Rest : never;
const post = (...args: PostArguments) => postWebhook(deployed, ...args);

const problem = 'application/problem+json';
const typeOf = ({ headers }: { readonly headers: Headers }) => headers.get('content-type');

describe.concurrent('the answer to a webhook of the deployed stack', () => {
  test('is 200 if the webhook is accepted, a duplicate or stale, and the history has all deliveries', async () => {
    const answers = [
      await post(ident('TXN-table', 'START')),
      await post(ident('TXN-table', 'SUCCESS', 9)),
      await post(ident('TXN-table', 'SUCCESS', 9)),
      await post(ident('TXN-table', 'CHECK_PENDING', 5)),
    ];

    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [200, { status: 'accepted', sequence: 1 }],
      [200, { status: 'accepted', sequence: 2 }],
      [200, { status: 'duplicate' }],
      [200, { status: 'stale', reason: 'after-final' }],
    ]);
    await eventually(async () => {
      const rows = await historyRows(deployed, `idnow:${companyId}:txn-table`);
      expect(rows.flatMap(({ delivery, decision }) => (delivery === null ? [] : [decision])).sort()).toEqual([
        'accepted',
        'accepted',
        'duplicate',
        'stale',
      ]);
    });
  });

  test('is 202 with all results if one of several idents is not understood', async () => {
    const unknown = { companyid: companyId, transactionnumber: 'TXN-list-2', result: 'ARCHIVED' };

    const answer = await post({
      identifications: [ident('TXN-list-1', 'START'), { identificationprocess: unknown }],
    });

    expect([answer.status, answer.body]).toEqual([
      202,
      [
        { status: 'accepted', sequence: 1 },
        { status: 'quarantined', reason: 'unknown-status', deliveryId: expect.any(String) },
      ],
    ]);
  });

  test.each<[number, string, string, string]>([
    [
      202,
      'is not understood',
      'unknown-status',
      JSON.stringify({
        identificationprocess: { companyid: companyId, transactionnumber: 'TXN-odd', result: 'ARCHIVED' },
      }),
    ],
    [400, 'is not JSON', 'not-json', 'result=SUCCESS'],
    [413, 'is over 1 MiB', 'too-large', JSON.stringify({ x: 'x'.repeat(1024 * 1024) })],
  ])('is %i if the body %s, and the raw body is in quarantine', async (status, _what, reason, body) => {
    const answer = await post(body);

    expect(answer).toMatchObject({ status, body: { reason } });
    const { deliveryId } = Object(answer.body);
    expect(await openQuarantine(deployed, 'idnow')).toContain(deliveryId);
    const row = await quarantinedRow(deployed, 'idnow', deliveryId);
    expect((await rawBody(deployed, row)).toString()).toBe(body);
  });

  test.each([
    ['idnow', '/webhooks/idnow', 'Basic realm="idv-webhooks", charset="UTF-8"'],
    ['id360', '/webhooks/id360', null],
    ['datakeen', '/webhooks/datakeen/case-1/a-wrong-signature', null],
  ])('is 401 if a webhook of %s has no valid credential', async (_provider, path, challenge) => {
    const answer = await post({}, { path, headers: {} });

    expect([answer.status, typeOf(answer), answer.headers.get('www-authenticate')]).toEqual([
      401,
      problem,
      challenge,
    ]);
  });

  // The emulator takes the source address from this header. On AWS, it is the connection's address.
  test('is 403 if the source address is not configured', async () => {
    const answer = await post(ident('TXN-403', 'START'), {
      headers: { ...deployed.idnowCredential, 'x-forwarded-for': '192.0.2.1' },
    });

    expect([answer.status, typeOf(answer)]).toEqual([403, problem]);
  });

  test('is 405 if the method is not POST', async () => {
    const answer = await post({}, { method: 'PUT' });

    expect([answer.status, typeOf(answer), answer.headers.get('allow')]).toEqual([405, problem, 'POST']);
  });

  test.each(['/webhooks/unknown', '/webhooks/idnow/more', '/webhooks'])(
    'is 404 if the route %s does not exist',
    async (path) => {
      const answer = await post({}, { path });

      expect([answer.status, typeOf(answer), answer.body]).toEqual([
        404,
        problem,
        { type: 'about:blank', title: 'Not Found', status: 404 },
      ]);
    },
  );
});
