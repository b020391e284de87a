import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { computeIdnowIdentId } from '../../../local/simulators/idnow/make-ident.ts';
import type { IdnowSimulator } from '../../../local/simulators/idnow/start-idnow-simulator.ts';
import { demoIdent, getIdent, idnowForTest, loginToIdnow, postLoginToIdnow } from '../support/idnow.ts';

let idnow: IdnowSimulator;
let token: string;
let now = Date.parse('2026-11-22T12:00:00Z');

beforeAll(async () => {
  idnow = await idnowForTest({ now: () => now });
  idnow.put(demoIdent());
});
beforeEach(async () => {
  token = await loginToIdnow(idnow.url);
});
afterAll(() => idnow.stop());

function errorOf(cause: string, key: string | null = null) {
  const id = expect.stringMatching(/^\d{8}$/);
  return { errors: [{ cause, errorType: null, id, key, message: null, translationKey: null }] };
}

function minutes(count: number) {
  now += count * 60_000;
}

describe('IDnow login', () => {
  test('a login at the IDnow simulator returns a JWT that names the shortname and expires in one hour', () => {
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
  ])(
    'the IDnow simulator answers the login $body of $companyId with $status $cause',
    async ({ companyId, body, status, cause }) => {
      const response = await postLoginToIdnow(idnow.url, companyId, body);

      expect(response.status).toBe(status);
      expect(await response.json()).toEqual(errorOf(cause));
    },
  );
});

describe('IDnow token', () => {
  test('the IDnow simulator answers 401 to a request without a valid token', async () => {
    for (const wrong of [undefined, '', 'constructor', `${token}x`]) {
      const response = await getIdent(idnow.url, wrong, 'Txn-1');
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual(errorOf('INVALID_LOGIN_TOKEN'));
    }
  });

  test('a token of the IDnow simulator expires after one hour without use, not one hour after the login', async () => {
    minutes(59);
    expect((await getIdent(idnow.url, token, 'Txn-1')).status).toBe(200);
    minutes(59);
    expect((await getIdent(idnow.url, token, 'Txn-1')).status).toBe(200);
    minutes(60);
    expect((await getIdent(idnow.url, token, 'Txn-1')).status).toBe(401);
  });

  test('a token of the IDnow simulator is valid only for its own shortname', async () => {
    const foreign = await loginToIdnow(idnow.url, 'othercompany', 'key-2');

    const response = await getIdent(idnow.url, foreign, 'Txn-1');

    expect(response.status).toBe(401);
    expect(await response.json()).toEqual(errorOf('SECURITY_VIOLATION'));
  });

  test('expireTokens() makes all tokens of the IDnow simulator invalid', async () => {
    idnow.expireTokens();
    expect((await getIdent(idnow.url, token, 'Txn-1')).status).toBe(401);
  });
});

describe('IDnow GET ident', () => {
  test.each(['Txn-1', 'txn-1', 'TXN-1', 'Txn%2D1', computeIdnowIdentId('Txn-1')])(
    'the IDnow simulator finds the ident Txn-1 by its transaction number in any case, or by its IdentID: %s',
    async (name) => {
      const response = await getIdent(idnow.url, token, name);

      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      // The simulator's answer has the same bytes as a webhook of this ident, including the order of the keys.
      expect(await response.text()).toBe(JSON.stringify(demoIdent()));
    },
  );

  test.each(['', '.zip', '.pdf', '.xml'])(
    'the IDnow simulator answers 404 for an unknown ident with the file extension "%s"',
    async (extension) => {
      const response = await getIdent(idnow.url, token, `TST-QJPCG${extension}`);

      expect(response.status).toBe(404);
      const key = 'Ident TST-QJPCG - No identification request found matching the provided parameters';
      expect(await response.json()).toEqual(errorOf('OBJECT_NOT_FOUND', key));
    },
  );

  test.each(['STARTED', 'start', 'Created', null])(
    'the IDnow simulator answers 404 for an ident with the unfinished result %s',
    async (result) => {
      idnow.put(demoIdent({ transactionNumber: 'open', state: 'START', result }));

      const response = await getIdent(idnow.url, token, 'open');

      expect(response.status).toBe(404);
      const key = `Ident ${computeIdnowIdentId('open')} / IdentRequest 381892 not yet finished`;
      expect(await response.json()).toEqual(errorOf('OBJECT_NOT_FOUND', key));
    },
  );

  test('the IDnow simulator answers 404 for a deleted ident', async () => {
    idnow.put(demoIdent({ transactionNumber: 'gone' }));
    idnow.idents.delete('democompany', 'GONE');

    expect((await getIdent(idnow.url, token, 'gone')).status).toBe(404);
  });

  test("the IDnow simulator answers 404 to a request for another shortname's ident", async () => {
    const other = await loginToIdnow(idnow.url, 'othercompany', 'key-2');
    for (const name of ['Txn-1', computeIdnowIdentId('Txn-1')]) {
      const response = await getIdent(idnow.url, other, name, { companyId: 'othercompany' });
      expect(response.status).toBe(404);
    }
  });

  test('the IDnow simulator returns the ident as it was stored, even if the caller changes its object later', async () => {
    const ident = demoIdent({ transactionNumber: 'moving', state: 'CHECK_PENDING' });
    idnow.put(ident);
    ident.identificationprocess.result = 'CHANGED';
    const first = await (await getIdent(idnow.url, token, 'moving')).json();
    idnow.put(demoIdent({ transactionNumber: 'MOVING', state: 'SUCCESS' }));
    const second = await (await getIdent(idnow.url, token, 'moving')).json();

    expect(first).toMatchObject({ identificationprocess: { result: 'CHECK_PENDING' } });
    expect(second).toMatchObject({ identificationprocess: { result: 'SUCCESS' } });
  });

  test('the IDnow simulator returns the PDF of an ident in the format PDF', async () => {
    const response = await getIdent(idnow.url, token, 'Txn-1.pdf');

    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(await response.text()).toMatch(/^%PDF-1\.4\n[\s\S]*%%EOF\n$/);
  });
});

test('the system check of the IDnow simulator needs no token', async () => {
  const response = await fetch(`${idnow.url}/system_check?x=1`);
  expect([response.status, await response.text()]).toEqual([200, 'SYSTEM_CHECK_OK']);
});

test.each([
  { method: 'GET', path: '/', status: 404 },
  { method: 'GET', path: '/api/v1/democompany', status: 404 },
  { method: 'GET', path: '/api/v1/democompany/identifications/%E0%A4%A', status: 404 },
  { method: 'GET', path: '/api/v1/democompany/login', status: 405, allow: 'POST' },
  { method: 'PUT', path: '/api/v1/democompany/identifications/Txn-1', status: 405, allow: 'GET' },
  { method: 'POST', path: '/system_check', status: 405, allow: 'GET' },
  { method: 'GET', path: '/_simulator/idents/democompany/Txn-1', status: 405, allow: 'PUT' },
])(
  'the IDnow simulator answers $method $path with $status',
  async ({ method, path, status, allow = null }) => {
    const response = await fetch(`${idnow.url}${path}`, { method });

    expect(response.status).toBe(status);
    expect(response.headers.get('allow')).toBe(allow);
  },
);

describe('the control route of the IDnow simulator', () => {
  const put = (path: string, body: string) =>
    fetch(`${idnow.url}/_simulator/idents/${path}`, { method: 'PUT', body });

  test('the control route of the IDnow simulator stores the state of an ident', async () => {
    const ident = demoIdent({ transactionNumber: 'put/1' });

    const response = await put('democompany/PUT%2F1', JSON.stringify(ident));

    expect(response.status).toBe(204);
    expect(await (await getIdent(idnow.url, token, 'put%2F1')).json()).toEqual(ident);
  });

  test.each([
    {
      why: 'an ident of another transaction',
      path: 'democompany/other',
      body: JSON.stringify(demoIdent()),
      status: 400,
    },
    {
      why: 'an ident of another company',
      path: 'othercompany/Txn-1',
      body: JSON.stringify(demoIdent()),
      status: 400,
    },
    {
      why: 'an ident of an unknown company',
      path: 'nobody/Txn-1',
      body: JSON.stringify(demoIdent()),
      status: 404,
    },
    { why: 'a body that is not an ident', path: 'democompany/Txn-1', body: '{}', status: 400 },
    { why: 'a body that is not JSON', path: 'democompany/Txn-1', body: '{', status: 400 },
  ])('the control route of the IDnow simulator refuses $why', async ({ path, body, status }) => {
    expect((await put(path, body)).status).toBe(status);
  });
});

test('the IDnow simulator listens only on 127.0.0.1, on the given port', async () => {
  const { port } = new URL(idnow.url);
  expect(new URL(idnow.url).hostname).toBe('127.0.0.1');
  await expect(idnowForTest({ port: Number(port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('put() of the IDnow simulator rejects an ident without its ids', () => {
  expect(() => idnow.put({ identificationprocess: { companyid: 'democompany' } })).toThrow(TypeError);
});
