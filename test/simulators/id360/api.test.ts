import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeId360Report } from '../../../local/simulators/id360/make-report.ts';
import type { Id360Simulator } from '../../../local/simulators/id360/start-id360-simulator.ts';
import { getFromId360, id360ForTest, loginToId360, postLoginToId360 } from '../support/id360.ts';

let id360: Id360Simulator;
let token: string;
let now = Date.parse('2026-11-22T12:00:00Z');

const report = makeId360Report({ id: 50123, status: 'OK' });

beforeAll(async () => {
  id360 = await id360ForTest({ now: () => now, notReady: 0 });
  id360.put(report);
});
beforeEach(async () => {
  token = await loginToId360(id360.url);
});
afterAll(() => id360.stop());

const get = (path: string, withToken: string | undefined = token) => getFromId360(id360.url, withToken, path);
const statusOf = async (path: string) => (await get(path)).status;
const whoami = () => statusOf('user/whoami');

function minutes(count: number) {
  now += count * 60_000;
}

describe('ID360 login', () => {
  test.each([
    { body: '{"username":"app","password":"wrong"}', status: 401 },
    { body: '{"username":"other","password":"pass-1"}', status: 401 },
    { body: '{"username":"app"}', status: 401 },
    { body: '{}', status: 401 },
    { body: 'username=app', status: 400 },
    { body: 'null', status: 400 },
  ])('the ID360 simulator answers the login $body with $status', async ({ body, status }) => {
    const response = await postLoginToId360(id360.url, body);

    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ detail: expect.any(String) });
  });

  test('each login at the ID360 simulator returns a new token of 24, 25 or 50 characters, and older tokens stay valid', async () => {
    const tokens = [token, await loginToId360(id360.url), await loginToId360(id360.url)];

    expect(new Set(tokens.map(({ length }) => length))).toEqual(new Set([24, 25, 50]));
    for (const one of tokens) expect((await get('user/whoami', one)).status).toBe(200);
  });
});

describe('ID360 token', () => {
  test.each([
    'user/whoami',
    'enrollment/50123/report',
    'enrollment/50123/report/pdf',
    'enrollment/50123/idclaim',
    'document/5012300/file_contents/?page_number=0',
  ])('the ID360 simulator answers 401 to a request for %s without a valid token', async (path) => {
    expect(await statusOf(path)).toBe(200);
    for (const wrong of ['', 'constructor', `${token}x`]) {
      const response = await get(path, wrong);
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({ detail: 'Invalid token.' });
    }
  });

  test('the ID360 simulator accepts a token only after the prefix "Token"', async () => {
    const url = `${id360.url}/api/1.0.0/user/whoami`;
    expect((await fetch(url)).status).toBe(401);
    for (const authorization of [token, `Bearer ${token}`, `Token  ${token}`]) {
      expect((await fetch(url, { headers: { authorization } })).status).toBe(401);
    }
  });

  test('a token of the ID360 simulator expires 15 minutes after its last use', async () => {
    minutes(14);
    expect(await whoami()).toBe(200);
    minutes(14);
    expect(await statusOf('enrollment/1/report')).toBe(404);
    minutes(14);
    expect(await whoami()).toBe(200);
    minutes(15);
    expect(await whoami()).toBe(401);
  });

  test('a new login at the ID360 simulator does not extend an older token', async () => {
    minutes(14);
    await loginToId360(id360.url);
    minutes(1);
    expect(await whoami()).toBe(401);
  });

  test('expireTokens() makes all tokens of the ID360 simulator invalid', async () => {
    id360.expireTokens();
    expect(await whoami()).toBe(401);
  });
});

test.each(['user/whoami', 'user/whoami/'])(
  'the ID360 simulator answers a request for %s with the user name',
  async (path) => {
    expect(await (await get(path)).json()).toEqual({ username: 'app' });
  },
);

describe('ID360 GET report', () => {
  test('the ID360 simulator returns the stored report, but not in the bytes of JSON.stringify', async () => {
    const response = await get('enrollment/50123/report');

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    const text = await response.text();
    expect(JSON.parse(text)).toEqual(report);
    expect(text).not.toBe(JSON.stringify(report));
  });

  test.each(['enrollment/50124/report', 'enrollment/50124/report/pdf', 'enrollment/50124/idclaim'])(
    'the ID360 simulator answers 404 to a request for an unknown enrollment: %s',
    async (path) => {
      const response = await get(path);

      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({ detail: 'Not found.' });
    },
  );

  test.each(['NEW', 'STARTED', 'CANCELED'] as const)(
    'the ID360 simulator answers 202 to a request for the report of an enrollment in the status %s',
    async (status) => {
      id360.put(makeId360Report({ id: 7, status }));

      expect(await statusOf('enrollment/7/report')).toBe(202);
      expect(await statusOf('enrollment/7/report/pdf')).toBe(202);
      expect(await statusOf('enrollment/7/idclaim')).toBe(404);
    },
  );

  test("by default, the ID360 simulator answers 202 to the first request for each finished enrollment's report", async () => {
    await using usual = await id360ForTest();
    await using slow = await id360ForTest({ notReady: 3 });
    const statusesOf = async ({ url, put }: Id360Simulator, ids: number[]) => {
      const login = await loginToId360(url);
      const statuses: number[] = [];
      for (const id of ids) {
        put(makeId360Report({ id, status: 'OK' }));
        statuses.push((await getFromId360(url, login, `enrollment/${id}/report`)).status);
      }
      return statuses;
    };

    expect(await statusesOf(usual, [1, 2, 1, 2, 1])).toEqual([202, 202, 200, 200, 200]);
    expect(await statusesOf(slow, [1, 1, 1, 1])).toEqual([202, 202, 202, 200]);
  });

  test('report requests before the end of an ID360 enrollment do not count as the first request after its end', async () => {
    await using usual = await id360ForTest();
    const login = await loginToId360(usual.url);
    const ask = async () => (await getFromId360(usual.url, login, 'enrollment/1/report')).status;
    usual.put(makeId360Report({ id: 1, status: 'STARTED' }));
    const open = [await ask(), await ask()];
    usual.put(makeId360Report({ id: 1, status: 'OK' }));

    expect([...open, await ask(), await ask()]).toEqual([202, 202, 202, 200]);
  });

  test('the ID360 simulator returns a draft of the report if the request allows it, and records the request', async () => {
    await using usual = await id360ForTest();
    usual.put(makeId360Report({ id: 1, status: 'STARTED' }));
    const login = await loginToId360(usual.url);
    const path = 'enrollment/1/report';
    await getFromId360(usual.url, login, path);
    expect(usual.draftRequests).toEqual([]);

    const drafts = [await getFromId360(usual.url, login, `${path}?allow_draft=true`)];
    drafts.push(await getFromId360(usual.url, login, `${path}?draft=true`));

    expect(drafts.map(({ status }) => status)).toEqual([200, 200]);
    expect(usual.draftRequests).toEqual([`/api/1.0.0/${path}`, `/api/1.0.0/${path}`]);
  });

  test('the ID360 simulator returns the report as it was stored, even if the caller changes its object later', async () => {
    const mutable = makeId360Report({ id: 8, status: 'KO' });
    id360.put(mutable);
    mutable.status = 'CHANGED';
    const first = await (await get('enrollment/8/report')).json();
    id360.put(makeId360Report({ id: '8', status: 'OK' }));
    const second = await (await get('enrollment/8/report')).json();

    expect([first, second]).toMatchObject([{ status: 'KO' }, { status: 'OK' }]);
  });

  test('the ID360 simulator answers 404 for a deleted enrollment and its documents', async () => {
    id360.put(makeId360Report({ id: 9, status: 'OK' }));
    expect(await statusOf('document/900/file_contents/?page_number=0')).toBe(200);

    id360.enrollments.delete(9);

    expect(await statusOf('enrollment/9/report')).toBe(404);
    expect(await statusOf('document/900/file_contents/?page_number=0')).toBe(404);
  });
});

test.each([
  { method: 'GET', path: '/', status: 404 },
  { method: 'POST', path: '/api/1.0.0/user/login', status: 404 },
  { method: 'GET', path: '/api/1.0.0/enrollment/50123/report/', status: 404 },
  { method: 'GET', path: '/api/1.0.0/document/5012300/file_contents', status: 404 },
  { method: 'GET', path: '/api/1.0.0/user/login/', status: 405, allow: 'POST' },
  { method: 'POST', path: '/api/1.0.0/enrollment/50123/report', status: 405, allow: 'GET' },
  { method: 'GET', path: '/_simulator/enrollments/50123', status: 405, allow: 'PUT' },
])(
  'the ID360 simulator answers $method $path with $status',
  async ({ method, path, status, allow = null }) => {
    const response = await fetch(`${id360.url}${path}`, { method });

    expect(response.status).toBe(status);
    expect(response.headers.get('allow')).toBe(allow);
  },
);

test('the ID360 simulator answers 404 for an id with an invalid percent encoding', async () => {
  expect(await statusOf('enrollment/%E0%A4%A/report')).toBe(404);
});

describe('the control route of the ID360 simulator', () => {
  const put = (id: string, body: string) =>
    fetch(`${id360.url}/_simulator/enrollments/${id}`, { method: 'PUT', body });

  test.each([60_001, '6f0d7c1e-0000-4000-8000-000000000001', 'a/b'])(
    'the control route of the ID360 simulator stores the report of the enrollment %s',
    async (id) => {
      const state = makeId360Report({ id, status: 'KO' });

      expect((await put(encodeURIComponent(id), JSON.stringify(state))).status).toBe(204);
      const response = await get(`enrollment/${encodeURIComponent(id)}/report`);
      expect(await response.json()).toEqual(state);
    },
  );

  test.each([
    {
      why: 'the report of another enrollment',
      body: JSON.stringify(makeId360Report({ id: 2, status: 'OK' })),
    },
    { why: 'a body that is not a report', body: '{}' },
    { why: 'a body that is not JSON', body: '{' },
  ])('the control route of the ID360 simulator refuses $why', async ({ body }) => {
    expect((await put('60002', body)).status).toBe(400);
    expect(await statusOf('enrollment/60002/report')).toBe(404);
  });
});

test('the ID360 simulator listens only on 127.0.0.1, on the given port', async () => {
  const { port, hostname } = new URL(id360.url);
  expect(hostname).toBe('127.0.0.1');
  await expect(id360ForTest({ port: Number(port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('put() of the ID360 simulator rejects a report without an id', () => {
  expect(() => id360.put({ status: 'OK' })).toThrow(TypeError);
});
