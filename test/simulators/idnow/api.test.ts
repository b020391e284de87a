import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { identIdFor } from '../../../local/simulators/idnow/make-ident.ts';
import type { IdnowSimulator } from '../../../local/simulators/idnow/start-idnow-simulator.ts';
import { demoIdent, getIdent, idnowForTest, loginTo, postLogin } from '../support/idnow.ts';

let idnow: IdnowSimulator;
let token: string;
let now = Date.parse('2026-11-22T12:00:00Z');

beforeAll(async () => {
  idnow = await idnowForTest({ now: () => now });
  idnow.put(demoIdent());
});
beforeEach(async () => {
  token = await loginTo(idnow.url);
});
afterAll(() => idnow.stop());

function errorOf(cause: string, key: string | null = null) {
  const id = expect.stringMatching(/^\d{8}$/);
  return { errors: [{ cause, errorType: null, id, key, message: null, translationKey: null }] };
}

function minutes(count: number) {
  now += count * 60_000;
}

describe('login', () => {
  test('gives a JWT for the shortname that ends in an hour', () => {
    const [header, payload, signature] = token.split('.').map((part) => Buffer.from(part, 'base64url'));

    expect(JSON.parse(String(header))).toEqual({ alg: 'HS512', typ: 'JWT' });
    const claims = JSON.parse(String(payload));
    expect(claims).toMatchObject({ sub: 'democompany', aud: 'de.idnow.application', permissions: 'ALL' });
    expect(claims.exp - claims.iat).toBe(3600);
    expect(signature).toHaveLength(64);
  });

  test.each([
    { companyId: 'democompany', body: '{"apiKey":"wrong"}', status: 401, cause: 'INVALID_LOGIN_TOKEN' },
    { companyId: 'democompany', body: '{}', status: 401, cause: 'INVALID_LOGIN_TOKEN' },
    { companyId: 'democompany', body: '{"apiKey":"key-2"}', status: 401, cause: 'INVALID_LOGIN_TOKEN' },
    { companyId: 'nobody', body: '{"apiKey":"key-1"}', status: 401, cause: 'INVALID_LOGIN_TOKEN' },
    { companyId: 'democompany', body: 'apiKey=key-1', status: 400, cause: 'UNPARSEABLE_JSON' },
    { companyId: 'democompany', body: 'null', status: 400, cause: 'UNPARSEABLE_JSON' },
  ])('$body for $companyId is $status $cause', async ({ companyId, body, status, cause }) => {
    const response = await postLogin(idnow.url, companyId, body);

    expect(response.status).toBe(status);
    expect(await response.json()).toEqual(errorOf(cause));
  });
});

describe('a token', () => {
  test('is needed', async () => {
    for (const wrong of [undefined, '', 'constructor', `${token}x`]) {
      const response = await getIdent(idnow.url, wrong, 'Txn-1');
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual(errorOf('INVALID_LOGIN_TOKEN'));
    }
  });

  test('ends after an hour without use, not after an hour', async () => {
    minutes(59);
    expect((await getIdent(idnow.url, token, 'Txn-1')).status).toBe(200);
    minutes(59);
    expect((await getIdent(idnow.url, token, 'Txn-1')).status).toBe(200);
    minutes(60);
    expect((await getIdent(idnow.url, token, 'Txn-1')).status).toBe(401);
  });

  test('opens its own shortname only', async () => {
    const foreign = await loginTo(idnow.url, 'othercompany', 'key-2');

    const response = await getIdent(idnow.url, foreign, 'Txn-1');

    expect(response.status).toBe(401);
    expect(await response.json()).toEqual(errorOf('SECURITY_VIOLATION'));
  });

  test('can be ended from outside', async () => {
    idnow.expireTokens();
    expect((await getIdent(idnow.url, token, 'Txn-1')).status).toBe(401);
  });
});

describe('GET ident', () => {
  test.each(['Txn-1', 'txn-1', 'TXN-1', 'Txn%2D1', identIdFor('Txn-1')])('finds %s', async (name) => {
    const response = await getIdent(idnow.url, token, name);

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    // Byte for byte what a webhook would carry, its order of keys included.
    expect(await response.text()).toBe(JSON.stringify(demoIdent()));
  });

  test.each(['', '.zip', '.pdf', '.xml'])('an unknown ident is not found (%s)', async (extension) => {
    const response = await getIdent(idnow.url, token, `TST-QJPCG${extension}`);

    expect(response.status).toBe(404);
    const key = 'Ident TST-QJPCG - No identification request found matching the provided parameters';
    expect(await response.json()).toEqual(errorOf('OBJECT_NOT_FOUND', key));
  });

  test.each(['STARTED', 'start', 'Created', null])('an ident in %s has no data yet', async (result) => {
    idnow.put(demoIdent({ transactionNumber: 'open', state: 'START', result }));

    const response = await getIdent(idnow.url, token, 'open');

    expect(response.status).toBe(404);
    const key = `Ident ${identIdFor('open')} / IdentRequest 381892 not yet finished`;
    expect(await response.json()).toEqual(errorOf('OBJECT_NOT_FOUND', key));
  });

  test('a deleted ident is not found', async () => {
    idnow.put(demoIdent({ transactionNumber: 'gone' }));
    idnow.idents.delete('democompany', 'GONE');

    expect((await getIdent(idnow.url, token, 'gone')).status).toBe(404);
  });

  test("one shortname does not see another's ident", async () => {
    const other = await loginTo(idnow.url, 'othercompany', 'key-2');
    for (const name of ['Txn-1', identIdFor('Txn-1')]) {
      const response = await getIdent(idnow.url, other, name, { companyId: 'othercompany' });
      expect(response.status).toBe(404);
    }
  });

  test('answers the newest state, and is not changed from outside', async () => {
    const ident = demoIdent({ transactionNumber: 'moving', state: 'CHECK_PENDING' });
    idnow.put(ident);
    ident.identificationprocess.result = 'CHANGED';
    const first = await (await getIdent(idnow.url, token, 'moving')).json();
    idnow.put(demoIdent({ transactionNumber: 'MOVING', state: 'SUCCESS' }));
    const second = await (await getIdent(idnow.url, token, 'moving')).json();

    expect(first).toMatchObject({ identificationprocess: { result: 'CHECK_PENDING' } });
    expect(second).toMatchObject({ identificationprocess: { result: 'SUCCESS' } });
  });

  test('the PDF is one', async () => {
    const response = await getIdent(idnow.url, token, 'Txn-1.pdf');

    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(await response.text()).toMatch(/^%PDF-1\.4\n[\s\S]*%%EOF\n$/);
  });
});

test('the system check needs no token', async () => {
  const response = await fetch(`${idnow.url}/system_check?x=1`);
  expect([response.status, await response.text()]).toEqual([200, 'SYSTEM_CHECK_OK']);
});

test.each([
  { method: 'GET', path: '/', status: 404 },
  { method: 'GET', path: '/api/v1/democompany', status: 404 },
  { method: 'GET', path: '/api/v1/democompany/identifications/%E0%A4%A', status: 404 },
  { method: 'GET', path: '/api/v1/democompany/login', status: 405, allow: 'POST' },
  { method: 'DELETE', path: '/api/v1/democompany/identifications/Txn-1', status: 405, allow: 'GET' },
  { method: 'POST', path: '/system_check', status: 405, allow: 'GET' },
  { method: 'GET', path: '/_simulator/idents/democompany/Txn-1', status: 405, allow: 'PUT' },
])('$method $path is $status', async ({ method, path, status, allow = null }) => {
  const response = await fetch(`${idnow.url}${path}`, { method });

  expect(response.status).toBe(status);
  expect(response.headers.get('allow')).toBe(allow);
});

describe('the control route', () => {
  const put = (path: string, body: string) =>
    fetch(`${idnow.url}/_simulator/idents/${path}`, { method: 'PUT', body });

  test('takes the state of an ident', async () => {
    const ident = demoIdent({ transactionNumber: 'put/1' });

    const response = await put('democompany/PUT%2F1', JSON.stringify(ident));

    expect(response.status).toBe(204);
    expect(await (await getIdent(idnow.url, token, 'put%2F1')).json()).toEqual(ident);
  });

  test.each([
    { why: 'another transaction', path: 'democompany/other', body: JSON.stringify(demoIdent()), status: 400 },
    { why: 'another company', path: 'othercompany/Txn-1', body: JSON.stringify(demoIdent()), status: 400 },
    { why: 'an unknown company', path: 'nobody/Txn-1', body: JSON.stringify(demoIdent()), status: 404 },
    { why: 'no ident', path: 'democompany/Txn-1', body: '{}', status: 400 },
    { why: 'no JSON', path: 'democompany/Txn-1', body: '{', status: 400 },
  ])('refuses $why', async ({ path, body, status }) => {
    expect((await put(path, body)).status).toBe(status);
  });
});

test('listens on the loopback, and on a given port', async () => {
  const { port } = new URL(idnow.url);
  expect(new URL(idnow.url).hostname).toBe('127.0.0.1');
  await expect(idnowForTest({ port: Number(port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('an ident without its ids cannot be put', () => {
  expect(() => idnow.put({ identificationprocess: { companyid: 'democompany' } })).toThrow(TypeError);
});
