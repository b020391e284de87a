import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeDatakeenSession } from '../../../local/simulators/datakeen/make-session.ts';
import type { DatakeenSimulator } from '../../../local/simulators/datakeen/start-datakeen-simulator.ts';
import {
  bodyStatusOf,
  datakeenForTest,
  getSession,
  loginToDatakeen,
  postLoginToDatakeen,
  v2Login,
} from '../support/datakeen.ts';

const sessionId = '662f5f9c9c18e30012c2f021';
const finished = makeDatakeenSession({ sessionId });

let datakeen: DatakeenSimulator;
let token: string;
let now = Date.parse('2026-11-22T12:00:00Z');

beforeAll(async () => {
  datakeen = await datakeenForTest({ now: () => now, notReady: 0 });
  datakeen.put(finished);
});
beforeEach(async () => {
  token = await loginToDatakeen(datakeen.url);
});
afterAll(() => datakeen.stop());

const get = (id: string, authorization = `Basic ${token}`) => getSession(datakeen.url, authorization, id);
const statusOf = async (id: string, authorization?: string) => (await get(id, authorization)).status;

function hours(count: number) {
  now += count * 60 * 60_000;
}

/** The body of Datakeen's answer for a session that is not finished. */
const inProgress = { status: 202, message: 'Analysis in progress', data: null };

describe('Datakeen login', () => {
  const json = 'application/json';

  test.each([
    { body: '{"username":"user","password":"wrong"}', type: json, status: 401 },
    { body: '{"username":"other","password":"pass-1"}', type: json, status: 401 },
    { body: '{"username":"user"}', type: json, status: 400 },
    { body: '{"username":"user","password":1}', type: json, status: 400 },
    { body: 'null', type: json, status: 400 },
    { body: 'username=user&password=pass-1', type: json, status: 400 },
    { body: 'username=user&password=pass-1', type: v2Login.type, status: 400 },
    { body: '{"username":"user","password":"pass-1"}', type: v2Login.type, status: 400 },
    { body: '{"username":"user","password":"pass-1"}', type: 'text/plain', status: 400 },
    { body: '{"username":"user","password":"pass-1"}', type: `${json}; charset=utf-8`, status: 200 },
  ])(
    'the Datakeen simulator answers the v1 login $body of type $type with $status',
    async ({ body, type, status }) => {
      const response = await postLoginToDatakeen(datakeen.url, body, { type });

      expect(response.status).toBe(status);
      expect(await response.json()).toEqual(
        status === 200
          ? { status, data: { token: expect.any(String) } }
          : { status, message: expect.any(String) },
      );
    },
  );

  test.each([
    { body: 'username=user&password=wrong', type: v2Login.type, status: 401 },
    { body: 'username=user', type: v2Login.type, status: 400 },
    { body: '', type: v2Login.type, status: 400 },
    { body: '{"username":"user","password":"pass-1"}', type: v2Login.type, status: 400 },
    { body: '{"username":"user","password":"pass-1"}', type: json, status: 400 },
    { body: 'username=user&password=pass-1', type: json, status: 400 },
    { body: 'password=pass-1&username=user', type: v2Login.type, status: 200 },
  ])(
    'the Datakeen simulator answers the v2 login $body of type $type with $status',
    async ({ body, type, status }) => {
      await using second = await datakeenForTest({ authorizationScheme: 'Bearer' });

      const response = await postLoginToDatakeen(second.url, body, { ...v2Login, type });

      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({ status });
    },
  );

  test('the v2 login of the Datakeen simulator decodes percent-encoded characters', async () => {
    await using second = await datakeenForTest({
      authorizationScheme: 'Bearer',
      username: 'a+b@example.com',
      password: 'ü &=%',
    });

    const body = new URLSearchParams({ username: 'a+b@example.com', password: 'ü &=%' }).toString();

    expect((await postLoginToDatakeen(second.url, body, v2Login)).status).toBe(200);
  });

  test('each login at the Datakeen simulator returns a new JWT, and older tokens stay valid', async () => {
    const other = await loginToDatakeen(datakeen.url);

    expect(other).not.toBe(token);
    for (const one of [token, other]) {
      expect(one).toMatch(/^[\w-]+\.[\w-]+\.[\w-]{43}$/);
      expect(await statusOf(sessionId, `Basic ${one}`)).toBe(200);
    }
    const [head, claims] = token
      .split('.', 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
    expect(head).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect(claims).toMatchObject({ iat: now / 1000, exp: now / 1000 + 86_400 });
  });
});

describe('Datakeen token', () => {
  test('the Datakeen simulator answers 401 to a request without a valid token', async () => {
    expect(await statusOf(sessionId)).toBe(200);
    for (const wrong of ['', 'constructor', `${token}x`]) {
      const response = await get(sessionId, `Basic ${wrong}`);
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({ status: 401, message: 'Unauthorized' });
    }
    expect((await getSession(datakeen.url, undefined, sessionId)).status).toBe(401);
  });

  test.each([
    { scheme: 'Basic', other: 'Bearer' },
    { scheme: 'Bearer', other: 'Basic' },
  ] as const)(
    'the Datakeen simulator with the authorization scheme $scheme accepts a token only after "$scheme"',
    async ({ scheme, other }) => {
      await using one = await datakeenForTest({ authorizationScheme: scheme, notReady: 0 });
      one.put(finished);
      const own = await loginToDatakeen(one.url, scheme);
      const status = async (header: string) => (await getSession(one.url, header, sessionId)).status;

      expect(await status(`${scheme} ${own}`)).toBe(200);
      for (const header of [
        own,
        `${other} ${own}`,
        `${scheme}  ${own}`,
        `${scheme.toLowerCase()} ${own}`,
        `x${scheme} ${own}`,
        // A wrong client: it sends the token as the user name of real basic authentication.
        `${scheme} ${Buffer.from(`${own}:`).toString('base64')}`,
      ]) {
        expect(await status(header)).toBe(401);
      }
    },
  );

  test('a token of the Datakeen simulator expires 24 hours after its login, even if it is used', async () => {
    hours(12);
    expect(await statusOf(sessionId)).toBe(200);
    hours(11.999);
    expect(await statusOf(sessionId)).toBe(200);
    hours(0.001);
    expect(await statusOf(sessionId)).toBe(401);
  });

  test('a new login at the Datakeen simulator does not extend an older token', async () => {
    hours(23);
    const newer = await loginToDatakeen(datakeen.url);
    hours(1);
    expect(await statusOf(sessionId)).toBe(401);
    expect(await statusOf(sessionId, `Basic ${newer}`)).toBe(200);
  });

  test('expireTokens() makes all tokens of the Datakeen simulator invalid', async () => {
    datakeen.expireTokens();
    expect(await statusOf(sessionId)).toBe(401);
  });
});

describe('Datakeen GET session', () => {
  test('the Datakeen simulator returns the result of a session, but not in the bytes of JSON.stringify', async () => {
    const response = await get(sessionId);

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    const text = await response.text();
    expect(JSON.parse(text)).toEqual(finished.result);
    expect(text.trim()).not.toBe(JSON.stringify(finished.result));
  });

  test.each(['000000000000000000000000', '%E0%A4%A', 'constructor'])(
    'the Datakeen simulator answers 404 for the unknown session %s',
    async (id) => {
      const response = await get(id);

      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({ status: 404, message: 'Session not found' });
    },
  );

  test('for an unfinished session, the Datakeen simulator answers with HTTP status 200 and status 202 in the body', async () => {
    datakeen.put(makeDatakeenSession({ sessionId: 'open', finished: false }));

    for (let time = 0; time < 3; time += 1) {
      const response = await get('open');
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual(inProgress);
    }
  });

  test('by default, the Datakeen simulator answers the first request for each finished session as unfinished', async () => {
    await using usual = await datakeenForTest();
    await using slow = await datakeenForTest({ notReady: 3 });
    const statusesOf = async ({ url, put }: DatakeenSimulator, ids: string[]) => {
      const login = await loginToDatakeen(url);
      const statuses: number[] = [];
      for (const id of ids) {
        put(makeDatakeenSession({ sessionId: id }));
        statuses.push(await bodyStatusOf(await getSession(url, `Basic ${login}`, id)));
      }
      return statuses;
    };

    expect(await statusesOf(usual, ['1', '2', '1', '2', '1'])).toEqual([202, 202, 200, 200, 200]);
    expect(await statusesOf(slow, ['1', '1', '1', '1'])).toEqual([202, 202, 202, 200]);
  });

  test('requests before the end of a Datakeen session do not count as the first request after its end', async () => {
    await using usual = await datakeenForTest();
    const authorization = `Basic ${await loginToDatakeen(usual.url)}`;
    const ask = async () => bodyStatusOf(await getSession(usual.url, authorization, '1'));
    usual.put(makeDatakeenSession({ sessionId: '1', finished: false }));
    const open = [await ask(), await ask()];
    usual.put(makeDatakeenSession({ sessionId: '1' }));

    expect([...open, await ask(), await ask()]).toEqual([202, 202, 202, 200]);
  });

  test('the Datakeen simulator returns the state as it was stored, even if the caller changes its object later', async () => {
    const mutable = { sessionId: 'changed', result: { status: 200, message: 'first' } };
    datakeen.put(mutable);
    mutable.result.message = 'changed';
    const first = await (await get('changed')).json();
    datakeen.put({ sessionId: 'changed', result: { status: 200, message: 'second' } });
    const second = await (await get('changed')).json();

    expect([first, second]).toMatchObject([{ message: 'first' }, { message: 'second' }]);
  });

  test('the Datakeen simulator answers 404 for a deleted session', async () => {
    datakeen.put(makeDatakeenSession({ sessionId: 'old' }));
    expect(await statusOf('old')).toBe(200);

    datakeen.sessions.delete('old');

    expect(await statusOf('old')).toBe(404);
  });
});

test.each([
  { method: 'GET', path: '/', status: 404 },
  { method: 'POST', path: '/backend/auth/', status: 404 },
  { method: 'POST', path: '/backend/api/v1/auth', status: 404 },
  { method: 'GET', path: `/backend/api/v1/session/${sessionId}/`, status: 404 },
  { method: 'GET', path: '/backend/api/v1/session/', status: 404 },
  { method: 'GET', path: '/backend/auth', status: 405, allow: 'POST' },
  { method: 'POST', path: `/backend/api/v1/session/${sessionId}`, status: 405, allow: 'GET' },
  { method: 'DELETE', path: `/_simulator/sessions/${sessionId}`, status: 405, allow: 'PUT' },
])(
  'the Datakeen simulator answers $method $path with $status',
  async ({ method, path, status, allow = null }) => {
    const response = await fetch(`${datakeen.url}${path}`, { method });

    expect(response.status).toBe(status);
    expect(response.headers.get('allow')).toBe(allow);
  },
);

test('the Datakeen simulator with the v2 login answers 404 to the v1 login', async () => {
  await using second = await datakeenForTest({ authorizationScheme: 'Bearer' });
  expect((await postLoginToDatakeen(second.url, '{"username":"user","password":"pass-1"}')).status).toBe(404);
});

describe('the control route of the Datakeen simulator', () => {
  const put = (id: string, body: string) =>
    fetch(`${datakeen.url}/_simulator/sessions/${id}`, { method: 'PUT', body });

  test.each(['60001', sessionId, 'a/b'])(
    'the control route of the Datakeen simulator stores the state of the session %s',
    async (id) => {
      const { result } = makeDatakeenSession({ sessionId: id, documents: ['passport'] });

      expect((await put(encodeURIComponent(id), JSON.stringify({ sessionId: id, result }))).status).toBe(204);
      expect(await (await get(encodeURIComponent(id))).json()).toEqual(result);
    },
  );

  test('the control route of the Datakeen simulator tells if a session was fetched since its state was stored', async () => {
    const state = JSON.stringify(makeDatakeenSession({ sessionId: '60004' }));
    const fetched = async () => (await fetch(`${datakeen.url}/_simulator/sessions/60004`)).json();

    await put('60004', state);
    expect(await fetched()).toEqual({ fetched: false });
    await get('60004');
    expect(await fetched()).toEqual({ fetched: true });
    await put('60004', state);
    expect(await fetched()).toEqual({ fetched: false });
  });

  test('the control route of the Datakeen simulator stores an unfinished session', async () => {
    expect((await put('60003', '{"sessionId":"60003","result":null}')).status).toBe(204);
    expect(await (await get('60003')).json()).toEqual(inProgress);
  });

  test.each([
    { why: 'the state of another session', body: JSON.stringify(makeDatakeenSession({ sessionId: '2' })) },
    { why: 'a state without a result', body: '{"sessionId":"60002"}' },
    { why: 'a misspelt key', body: '{"sessionId":"60002","result":null,"finished":true}' },
    { why: 'a result that is not an object', body: '{"sessionId":"60002","result":[]}' },
    { why: 'a body that is not JSON', body: '{' },
  ])('the control route of the Datakeen simulator refuses $why', async ({ body }) => {
    expect((await put('60002', body)).status).toBe(400);
    expect(await statusOf('60002')).toBe(404);
  });
});

test('the Datakeen simulator listens only on 127.0.0.1, on the given port', async () => {
  const { port, hostname } = new URL(datakeen.url);
  expect(hostname).toBe('127.0.0.1');
  await expect(datakeenForTest({ port: Number(port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test.each([{ result: {} }, { sessionId: '', result: {} }, { sessionId: '1' }, null])(
  'put() of the Datakeen simulator rejects the invalid session state %j',
  (state) => {
    expect(() => datakeen.put(state)).toThrow(TypeError);
  },
);
