import { isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { eventually } from '../support/eventually.ts';
import { deliveryRows, historyRows, quarantinedRow, rawBody } from '../support/history-rows.ts';
import {
  authorization,
  companyId,
  type SystemUnderTest,
  startSystemUnderTest,
} from '../support/system-under-test.ts';

let sut: SystemUnderTest;
beforeAll(async () => {
  sut = await startSystemUnderTest();
});
afterAll(() => sut.stop());

type State = Parameters<typeof makeIdent>[0]['state'];
const ident = (transactionNumber: string, state: State, minute = 0) =>
  makeIdent({ companyId, transactionNumber, state, time: new Date(Date.UTC(2026, 10, 22, 10, minute)) });

const Quarantined = z.object({ reason: z.string(), deliveryId: z.string() });

/** Returns the row of a quarantined delivery in the history. The answer contains the delivery's id. */
const rowOfQuarantined = (answerBody: unknown) =>
  quarantinedRow(sut, 'idnow', Quarantined.parse(answerBody).deliveryId);

const bytesOf = (body: unknown) =>
  Buffer.from(typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body));

describe('an understood delivery', () => {
  test('all states of an ident are published in order, and its evidence is archived', async () => {
    const final = ident('TXN-happy', 'SUCCESS_DATA_CHANGED', 9);
    sut.simulator.put(final);

    const answers = [
      await sut.post(ident('TXN-happy', 'START', 0)),
      await sut.post(ident('TXN-happy', 'CHECK_PENDING', 5)),
      await sut.post(final),
    ];

    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [200, { status: 'accepted', sequence: 1 }],
      [200, { status: 'accepted', sequence: 2 }],
      [200, { status: 'accepted', sequence: 3 }],
    ]);
    const events = await sut.events.receive('idnow:democompany:txn-happy', 4);
    expect(events.map(({ type, data }) => [type, data.sequence, data.phase, data.outcome])).toEqual([
      ['idv.verification.started.v1', 1, 'in_progress', null],
      ['idv.verification.updated.v1', 2, 'in_review', null],
      ['idv.verification.decided.v1', 3, 'completed', 'approved'],
      ['idv.evidence.archived.v1', 4, 'completed', 'approved'],
    ]);
  });

  test('a new statement is accepted, the same statement again is a duplicate, and an older statement is stale', async () => {
    const answers = [
      await sut.post(ident('TXN-table', 'START')),
      await sut.post(ident('TXN-table', 'SUCCESS', 9)),
      await sut.post(ident('TXN-table', 'SUCCESS', 9)),
      await sut.post(ident('TXN-table', 'CHECK_PENDING', 5)),
    ];
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [200, { status: 'accepted', sequence: 1 }],
      [200, { status: 'accepted', sequence: 2 }],
      [200, { status: 'duplicate' }],
      [200, { status: 'stale', reason: 'after-final' }],
    ]);
    await eventually(async () => {
      const rows = await historyRows(sut, 'idnow:democompany:txn-table');
      expect(rows.map(({ decision, reason, sequence }) => [decision, reason, sequence]).sort()).toEqual([
        ['accepted', null, 1],
        ['accepted', null, 2],
        ['duplicate', 'seen', null],
        ['stale', 'after-final', null],
      ]);
    });
  });

  test('a repeated IDnow ident is a duplicate even with another key order, other whitespace or in a list', async () => {
    // Prepare
    const body = ident('TXN-same', 'SUCCESS', 9);
    const { userdata, ...others } = body;
    await sut.post(body);
    // Act
    const answers = [
      await sut.post({ identifications: [body] }),
      await sut.post(JSON.stringify({ userdata, ...others }, null, 4)),
      await sut.post(`\ufeff\n ${JSON.stringify(body)} \n`),
    ];
    // Assess
    expect(answers.map((each) => each.body)).toEqual(answers.map(() => ({ status: 'duplicate' })));
  });

  test('the answer to a delivery with several idents has a result for each ident, and the most severe status code', async () => {
    // Act
    const answer = await sut.post({
      identifications: [
        ident('TXN-list-1', 'START'),
        ident('TXN-list-2', 'SUCCESS', 9),
        ident('TXN-list-2', 'CHECK_PENDING', 5),
        { ...ident('TXN-list-3', 'SUCCESS'), identificationprocess: { result: 'SUCCESS' } },
      ],
    });
    // Assess
    expect([answer.status, answer.body]).toEqual([
      202,
      [
        { status: 'accepted', sequence: 1 },
        { status: 'accepted', sequence: 1 },
        { status: 'stale', reason: 'after-final' },
        { status: 'quarantined', reason: 'unidentified', deliveryId: expect.any(String) },
      ],
    ]);
  });

  test('a body that lists one IDnow ident is answered like a body with only this ident', async () => {
    const answer = await sut.post({ identifications: [ident('TXN-one', 'START')] });
    expect([answer.status, answer.body]).toEqual([200, { status: 'accepted', sequence: 1 }]);
  });
});

describe('a quarantined delivery', () => {
  const process = { companyid: companyId, transactionnumber: 'TXN-odd', result: 'SUCCESS' };

  test.each<[string, unknown, string]>([
    ['an unknown status', { identificationprocess: { ...process, result: 'ARCHIVED' } }, 'unknown-status'],
    ['a result that is not text', { identificationprocess: { ...process, result: 1 } }, 'unknown-status'],
    ['an unknown shape', { ident: process }, 'unknown-shape'],
    ['a list instead of an object', [{ identificationprocess: process }], 'unknown-shape'],
    ['5000 levels of nesting', '['.repeat(5000) + ']'.repeat(5000), 'unknown-shape'],
    ['101 idents', { identifications: Array(101).fill({ identificationprocess: process }) }, 'unknown-shape'],
    ['no companyid', { identificationprocess: { ...process, companyid: undefined } }, 'unidentified'],
    [
      'no transaction number',
      { identificationprocess: { ...process, transactionnumber: '' } },
      'unidentified',
    ],
    [
      'a transaction number that is too long for a key',
      { identificationprocess: { ...process, transactionnumber: 'ü'.repeat(255) } },
      'unidentified',
    ],
    [
      'an unreadable time',
      { identificationprocess: { ...process, identificationtime: '22.11.2026' } },
      'unreadable-time',
    ],
  ])('a delivery with %s is answered 202 and its raw body is stored', async (_what, body, reason) => {
    // Act
    const answer = await sut.post(body);
    // Assess
    expect(answer).toMatchObject({ status: 202, body: { status: 'quarantined', reason } });
    const row = await rowOfQuarantined(answer.body);
    expect(row).toMatchObject({ decision: 'quarantined', reason, sequence: null, event: null });
    expect(row.delivery).toMatchObject({ provider: 'idnow', sourceIp: '127.0.0.1', signature: 'none' });
    expect((await rawBody(sut, row)).equals(bytesOf(body))).toBe(true);
  });

  test('a quarantined delivery publishes no event', async () => {
    await sut.post({ identificationprocess: { ...process, transactionnumber: 'TXN-never', result: '?' } });
    await sut.post(ident('TXN-after-never', 'START'));
    await sut.events.receive('idnow:democompany:txn-after-never', 1);
    expect(await sut.events.receive('idnow:democompany:txn-never', 0)).toEqual([]);
  });

  test.each<[string, Uint8Array]>([
    ['an empty body', Buffer.from('')],
    ['a form-encoded body', Buffer.from('result=SUCCESS')],
    ['a body that is not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x00, 0x0d, 0x0a])],
    ['a large body that is not JSON', Buffer.concat([Buffer.from('{"a":'), randomBytes(300_000)])],
  ])('a delivery with %s is answered 400 and stored byte for byte', async (_what, body) => {
    // Act
    const answer = await sut.post(body);
    // Assess
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ title: 'Bad Request', status: 400, reason: 'not-json' });
    const row = await rowOfQuarantined(answer.body);
    const small = isUtf8(body) ? 'text' : 'base64';
    expect(row.delivery.body.kind).toBe(body.byteLength > 200_000 ? 'object' : small);
    expect((await rawBody(sut, row)).equals(body)).toBe(true);
  });

  test('a delivery with a body over 1 MiB is answered 413 and stored', async () => {
    // Prepare
    const body = Buffer.from(JSON.stringify({ ...ident('TXN-huge', 'SUCCESS'), x: 'x'.repeat(1024 * 1024) }));
    // Act
    const answer = await sut.post(body);
    // Assess
    expect(answer.status).toBe(413);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect((await rawBody(sut, await rowOfQuarantined(answer.body))).equals(body)).toBe(true);
  });
});

describe('an unauthorized request', () => {
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

  test.each<[string, Record<string, string>]>([
    ['no credential', {}],
    ['a wrong password', basic('idnow:a-test-passworD')],
    ['a wrong user', basic('other:a-test-password')],
    ['another authentication scheme', { authorization: authorization.replace('Basic', 'Bearer') }],
    ['a credential that is not base64', { authorization: 'Basic %%%' }],
  ])('an IDnow webhook is answered 401 if its credential is missing or wrong: %s', async (_what, headers) => {
    const answer = await sut.post(ident('TXN-401', 'SUCCESS'), { headers });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
      401,
      'Basic realm="idv-webhooks", charset="UTF-8"',
    ]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ title: 'Unauthorized', status: 401 });
  });

  test('a request from an unconfigured address is answered 403, even if x-forwarded-for names a configured address', async () => {
    // Prepare
    const post = async (localAddress: string) => {
      const outgoing = request(`${sut.system.stack.url}/webhooks/idnow`, {
        method: 'POST',
        localAddress,
        headers: { authorization, 'x-forwarded-for': '127.0.0.1', 'content-type': 'application/json' },
      });
      outgoing.end(JSON.stringify(ident('TXN-403', 'START')));
      const [incoming] = await once(outgoing, 'response');
      incoming.resume();
      return [incoming.statusCode, incoming.headers['content-type']];
    };
    // Act and assess
    expect(await post('127.0.0.2')).toEqual([403, 'application/problem+json']);
    expect(await post('127.0.0.1')).toEqual([200, 'application/json']);
  });

  test('an unauthorized request leaves no row in the history', async () => {
    expect(await historyRows(sut, 'idnow:democompany:txn-401')).toEqual([]);
  });
});

describe('a request that is not a webhook', () => {
  test.each([
    ['POST', '/webhooks/unknown'],
    ['POST', '/webhooks/idnow/more'],
    ['POST', '/webhooks'],
    ['POST', '/'],
    ['GET', '/webhooks/'],
  ])('the request %s %s is answered 404', async (method, path) => {
    const answer = await sut.post({}, { method, path });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    expect(answer.body).toEqual({ type: 'about:blank', title: 'Not Found', status: 404 });
  });

  test.each(['GET', 'PUT', 'DELETE', 'PATCH'])(
    'a %s request to a webhook path is answered 405',
    async (method) => {
      const answer = await sut.post({}, { method });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
    },
  );
});

describe('a large delivery', () => {
  test('a large raw body is stored unchanged in the bucket, and its row in the history points to the object', async () => {
    // Prepare: gzip halves random hexadecimal digits, so this body of 300 KB is 150 KB in its row, which is too large.
    const body = { ...ident('TXN-large', 'START'), unknown: randomBytes(150_000).toString('hex') };
    // Act
    const answer = await sut.post(body);
    // Assess
    expect(answer.body).toEqual({ status: 'accepted', sequence: 1 });
    const [row] = await eventually(async () => {
      const rows = await deliveryRows(sut, 'idnow:democompany:txn-large');
      expect(rows).toHaveLength(1);
      return rows;
    });
    if (row === undefined) throw new Error('no row');
    expect(row.delivery.body).toMatchObject({
      kind: 'object',
      bucket: sut.system.stack.outputs.EvidenceBucketName,
      key: expect.stringMatching(/^deliveries\/idnow\/idnow!democompany!txn-large\/[0-9a-f-]{36}\.gz$/),
    });
    expect((await rawBody(sut, row)).equals(bytesOf(body))).toBe(true);
  });

  test('large findings are stored in the bucket, and the event still contains the state', async () => {
    // Prepare
    const custom1 = 'é'.repeat(100_000);
    const body = { ...ident('TXN-claims', 'SUCCESS', 9), customdata: { custom1 } };
    // Act
    await sut.post(body);
    // Assess
    const [event] = await sut.events.receive('idnow:democompany:txn-claims', 1);
    expect(event).toMatchObject({
      type: 'idv.verification.decided.v1',
      dataref: expect.stringMatching(
        /^s3:\/\/[^/]+\/findings\/idnow\/idnow!democompany!txn-claims\/\d{8}T\d{6}Z\/[0-9a-f-]{36}\.[0-9a-f]{8}\/verified\.json$/,
      ),
      data: { phase: 'completed', outcome: 'approved', finality: 'final', claims: {}, provider_data: {} },
    });
    const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(event?.dataref ?? '') ?? [];
    const object = await sut.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    expect(JSON.parse((await object.Body?.transformToString()) ?? '')).toMatchObject({
      claims: { given_name: 'ERIKA' },
      provider_data: { customdata: { custom1 } },
    });
  });
});
