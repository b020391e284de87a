import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeReport } from '../../../local/simulators/id360/make-report.ts';
import type { Id360Simulator } from '../../../local/simulators/id360/start-id360-simulator.ts';
import { getFrom, id360ForTest, loginTo, postLogin } from '../support/id360.ts';

let id360: Id360Simulator;
let token: string;
let now = Date.parse('2026-11-22T12:00:00Z');

const report = makeReport({ id: 50123, status: 'OK' });

beforeAll(async () => {
  id360 = await id360ForTest({ now: () => now, notReady: 0 });
  id360.put(report);
});
beforeEach(async () => {
  token = await loginTo(id360.url);
});
afterAll(() => id360.stop());

const get = (path: string, withToken: string | undefined = token) => getFrom(id360.url, withToken, path);
const statusOf = async (path: string) => (await get(path)).status;
const whoami = () => statusOf('user/whoami');

function minutes(count: number) {
  now += count * 60_000;
}

describe('login', () => {
  test.each([
    { body: '{"username":"app","password":"wrong"}', status: 401 },
    { body: '{"username":"other","password":"pass-1"}', status: 401 },
    { body: '{"username":"app"}', status: 401 },
    { body: '{}', status: 401 },
    { body: 'username=app', status: 400 },
    { body: 'null', status: 400 },
  ])('$body is $status', async ({ body, status }) => {
    const response = await postLogin(id360.url, body);

    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ detail: expect.any(String) });
  });

  test('gives a token each time, of any of the lengths that the guide prints, and ends no other', async () => {
    const tokens = [token, await loginTo(id360.url), await loginTo(id360.url)];

    expect(new Set(tokens.map(({ length }) => length))).toEqual(new Set([24, 25, 50]));
    for (const one of tokens) expect((await get('user/whoami', one)).status).toBe(200);
  });
});

describe('a token', () => {
  test.each([
    'user/whoami',
    'enrollment/50123/report',
    'enrollment/50123/report/pdf',
    'enrollment/50123/idclaim',
    'document/5012300/file_contents/?page_number=0',
  ])('is needed for %s', async (path) => {
    expect(await statusOf(path)).toBe(200);
    for (const wrong of ['', 'constructor', `${token}x`]) {
      const response = await get(path, wrong);
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({ detail: 'Invalid token.' });
    }
  });

  test('goes into the header with its prefix', async () => {
    const url = `${id360.url}/api/1.0.0/user/whoami`;
    expect((await fetch(url)).status).toBe(401);
    for (const authorization of [token, `Bearer ${token}`, `Token  ${token}`]) {
      expect((await fetch(url, { headers: { authorization } })).status).toBe(401);
    }
  });

  test('ends after 15 minutes without use; every call renews it', async () => {
    minutes(14);
    expect(await whoami()).toBe(200);
    minutes(14);
    expect(await statusOf('enrollment/1/report')).toBe(404);
    minutes(14);
    expect(await whoami()).toBe(200);
    minutes(15);
    expect(await whoami()).toBe(401);
  });

  test('is not renewed by a login', async () => {
    minutes(14);
    await loginTo(id360.url);
    minutes(1);
    expect(await whoami()).toBe(401);
  });

  test('can be ended from outside', async () => {
    id360.expireTokens();
    expect(await whoami()).toBe(401);
  });
});

test.each(['user/whoami', 'user/whoami/'])('%s tells who it is', async (path) => {
  expect(await (await get(path)).json()).toEqual({ username: 'app' });
});

describe('GET report', () => {
  test('answers the report, in another serialization than ours', async () => {
    const response = await get('enrollment/50123/report');

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    const text = await response.text();
    expect(JSON.parse(text)).toEqual(report);
    expect(text).not.toBe(JSON.stringify(report));
  });

  test.each(['enrollment/50124/report', 'enrollment/50124/report/pdf', 'enrollment/50124/idclaim'])(
    '%s of an unknown enrollment is 404',
    async (path) => {
      const response = await get(path);

      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({ detail: 'Not found.' });
    },
  );

  test.each(['NEW', 'STARTED', 'CANCELED'] as const)('%s has none but a temporary one', async (status) => {
    id360.put(makeReport({ id: 7, status }));

    expect(await statusOf('enrollment/7/report')).toBe(202);
    expect(await statusOf('enrollment/7/report/pdf')).toBe(202);
    expect(await statusOf('enrollment/7/idclaim')).toBe(404);
  });

  test('is 202 once for each enrollment, unless told otherwise', async () => {
    await using usual = await id360ForTest();
    await using slow = await id360ForTest({ notReady: 3 });
    const statusesOf = async ({ url, put }: Id360Simulator, ids: number[]) => {
      const login = await loginTo(url);
      const statuses: number[] = [];
      for (const id of ids) {
        put(makeReport({ id, status: 'OK' }));
        statuses.push((await getFrom(url, login, `enrollment/${id}/report`)).status);
      }
      return statuses;
    };

    expect(await statusesOf(usual, [1, 2, 1, 2, 1])).toEqual([202, 202, 200, 200, 200]);
    expect(await statusesOf(slow, [1, 1, 1, 1])).toEqual([202, 202, 202, 200]);
  });

  test('the time while an enrollment is open does not count', async () => {
    await using usual = await id360ForTest();
    const login = await loginTo(usual.url);
    const ask = async () => (await getFrom(usual.url, login, 'enrollment/1/report')).status;
    usual.put(makeReport({ id: 1, status: 'STARTED' }));
    const open = [await ask(), await ask()];
    usual.put(makeReport({ id: 1, status: 'OK' }));

    expect([...open, await ask(), await ask()]).toEqual([202, 202, 202, 200]);
  });

  test('gives a temporary one to whom asks for it, and remembers', async () => {
    await using usual = await id360ForTest();
    usual.put(makeReport({ id: 1, status: 'STARTED' }));
    const login = await loginTo(usual.url);
    const path = 'enrollment/1/report';
    await getFrom(usual.url, login, path);
    expect(usual.draftRequests).toEqual([]);

    const drafts = [await getFrom(usual.url, login, `${path}?allow_draft=true`)];
    drafts.push(await getFrom(usual.url, login, `${path}?draft=true`));

    expect(drafts.map(({ status }) => status)).toEqual([200, 200]);
    expect(usual.draftRequests).toEqual([`/api/1.0.0/${path}`, `/api/1.0.0/${path}`]);
  });

  test('answers the newest state, and is not changed from outside', async () => {
    const mutable = makeReport({ id: 8, status: 'KO' });
    id360.put(mutable);
    mutable.status = 'CHANGED';
    const first = await (await get('enrollment/8/report')).json();
    id360.put(makeReport({ id: '8', status: 'OK' }));
    const second = await (await get('enrollment/8/report')).json();

    expect([first, second]).toMatchObject([{ status: 'KO' }, { status: 'OK' }]);
  });

  test('a deleted enrollment is gone with its documents', async () => {
    id360.put(makeReport({ id: 9, status: 'OK' }));
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
])('$method $path is $status', async ({ method, path, status, allow = null }) => {
  const response = await fetch(`${id360.url}${path}`, { method });

  expect(response.status).toBe(status);
  expect(response.headers.get('allow')).toBe(allow);
});

test('an id with a stray percent sign is not found', async () => {
  expect(await statusOf('enrollment/%E0%A4%A/report')).toBe(404);
});

describe('the control route', () => {
  const put = (id: string, body: string) =>
    fetch(`${id360.url}/_simulator/enrollments/${id}`, { method: 'PUT', body });

  test.each([60_001, '6f0d7c1e-0000-4000-8000-000000000001', 'a/b'])('takes the state of %s', async (id) => {
    const state = makeReport({ id, status: 'KO' });

    expect((await put(encodeURIComponent(id), JSON.stringify(state))).status).toBe(204);
    const response = await get(`enrollment/${encodeURIComponent(id)}/report`);
    expect(await response.json()).toEqual(state);
  });

  test.each([
    { why: 'another enrollment', body: JSON.stringify(makeReport({ id: 2, status: 'OK' })) },
    { why: 'no report', body: '{}' },
    { why: 'no JSON', body: '{' },
  ])('refuses $why', async ({ body }) => {
    expect((await put('60002', body)).status).toBe(400);
    expect(await statusOf('enrollment/60002/report')).toBe(404);
  });
});

test('listens on the loopback, and on a given port', async () => {
  const { port, hostname } = new URL(id360.url);
  expect(hostname).toBe('127.0.0.1');
  await expect(id360ForTest({ port: Number(port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('a report without its id cannot be put', () => {
  expect(() => id360.put({ status: 'OK' })).toThrow(TypeError);
});
