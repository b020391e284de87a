import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeDatakeenSession } from '../../../local/simulators/datakeen/make-session.ts';
import { startLoopbackServer } from '../../../local/simulators/loopback-server.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../../support/dynamodb.ts';
import { account, instancesOf, patient, simulated } from './api-under-test.ts';
import { sessionId } from './fixtures.ts';

let dynamodb: DynamoDbUnderTest;
beforeAll(async () => {
  dynamodb = await startDynamoDb();
});
afterAll(() => dynamodb.stop());

const path = `backend/api/v1/session/${sessionId}`;
type Api = Awaited<ReturnType<typeof instancesOf>>;
const get = (session: ReturnType<Api['session']>) => session.get('GET session', path, patient());

/** Starts a server that sends the given answers in order, and records the requests. */
async function served(answers: readonly { status?: number; body: string; type?: string }[]) {
  const seen: { line: string; authorization: string | undefined; type: string | undefined; body: string }[] =
    [];
  const server = await startLoopbackServer(async (request, response) => {
    const answer = answers[seen.length] ?? { status: 500, body: 'not expected' };
    const { method, url, headers } = request;
    const body = (await request.toArray()).join('');
    seen.push({
      line: `${method} ${url}`,
      authorization: headers.authorization,
      type: headers['content-type'],
      body,
    });
    response.writeHead(answer.status ?? 200, { 'content-type': answer.type ?? 'application/json' });
    response.end(answer.body);
  });
  return { ...server, seen, [Symbol.asyncDispose]: server.stop };
}

const token = (text: string) => ({ body: JSON.stringify({ status: 200, data: { token: text } }) });

describe('logging in at Datakeen', () => {
  test('a login at version 1 of the Datakeen API sends JSON, and each call presents the token as Basic', async () => {
    // Prepare
    await using server = await served([token('t-1'), { body: '{"status":200,"data":{}}' }]);
    const { session } = await instancesOf(dynamodb, { apiUrl: `${server.url}/gateway//` });
    // Act
    const answer = await get(session());
    // Assess
    expect(server.seen).toEqual([
      {
        line: 'POST /gateway/backend/auth',
        authorization: undefined,
        type: 'application/json',
        body: JSON.stringify(account),
      },
      { line: `GET /gateway/${path}`, authorization: 'Basic t-1', type: undefined, body: '' },
    ]);
    expect(answer).toEqual({
      bytes: Buffer.from('{"status":200,"data":{}}'),
      json: { status: 200, data: {} },
    });
  });

  test.each([
    ['the token is in data', token('t-2')],
    ['the token is at the top level', { body: '{"token":"t-2"}' }],
  ])(
    'a login at version 2 of the Datakeen API sends a form, and each call presents the token as Bearer; %s',
    async (_what, answer) => {
      await using server = await served([answer, { body: '{}' }]);
      const { session } = await instancesOf(dynamodb, { apiUrl: server.url, scheme: 'Bearer' });
      await get(session());
      expect(server.seen).toMatchObject([
        {
          line: 'POST /backend/api/v1/auth',
          type: 'application/x-www-form-urlencoded',
          body: 'username=user%40example.com&password=hush+hush%26password%3D',
        },
        { line: `GET /${path}`, authorization: 'Bearer t-2' },
      ]);
    },
  );

  test.each([404, 405, 401])(
    'a login at version 2 of the Datakeen API tries JSON if the form is answered with %d',
    async (status) => {
      await using server = await served([{ status, body: '{}' }, token('t-3'), { body: '{}' }]);
      const { session } = await instancesOf(dynamodb, { apiUrl: server.url, scheme: 'Bearer' });
      await get(session());
      expect(server.seen).toMatchObject([
        { line: 'POST /backend/api/v1/auth' },
        { line: 'POST /backend/auth', type: 'application/json', body: JSON.stringify(account) },
        { authorization: 'Bearer t-3' },
      ]);
    },
  );

  test.each<[string, { status?: number; body: string; type?: string }]>([
    ['a web page', { body: '<html>', type: 'text/html' }],
    ['a 200 whose body says 401', { body: '{"status":401,"message":"no such user"}' }],
    ['a 200 without a token', { body: '{"status":200,"data":null}' }],
  ])(
    'a login at version 2 of the Datakeen API tries JSON if the form is answered with %s',
    async (_what, answer) => {
      await using server = await served([answer, token('t-3'), { body: '{}' }]);
      const { session } = await instancesOf(dynamodb, { apiUrl: server.url, scheme: 'Bearer' });
      await get(session());
      expect(server.seen.map(({ line }) => line)).toEqual([
        'POST /backend/api/v1/auth',
        'POST /backend/auth',
        `GET /${path}`,
      ]);
    },
  );

  test.each([
    ['the form is refused, JSON is not found', 401, 404, 'POST login: answered 401'],
    ['the form fails with 502, JSON is refused', 502, 401, 'POST login: answered 401'],
  ])(
    'if both ways to log in at Datakeen fail, the error reports the way that was refused: %s',
    async (_what, one, other, message) => {
      await using server = await served([
        { status: one, body: '{}' },
        { status: other, body: '{}' },
      ]);
      const { session } = await instancesOf(dynamodb, { apiUrl: server.url, scheme: 'Bearer' });
      await expect(get(session())).rejects.toMatchObject({ kind: 'unauthorized', message });
      expect(server.seen).toHaveLength(2);
    },
  );

  test('a login at Datakeen sends a form, and does not try JSON if the answer is 429', async () => {
    await using server = await served([{ status: 429, body: 'x' }]);
    const { session } = await instancesOf(dynamodb, { apiUrl: server.url, scheme: 'Bearer' });
    await expect(get(session())).rejects.toMatchObject({ kind: 'throttled' });
    expect(server.seen).toHaveLength(1);
  });

  test('a login at version 1 of the Datakeen API sends JSON, and never tries a form', async () => {
    await using server = await served([{ status: 401, body: '{}' }]);
    const { session } = await instancesOf(dynamodb, { apiUrl: server.url });
    await expect(get(session())).rejects.toMatchObject({ kind: 'unauthorized' });
    expect(server.seen.map(({ line }) => line)).toEqual(['POST /backend/auth']);
  });

  test('an answer of 200 whose body says 401 counts as a refused login at Datakeen, and pauses logins', async () => {
    await using server = await served([{ body: '{"status":401}' }]);
    const { session } = await instancesOf(dynamodb, { apiUrl: server.url });
    const [one, other] = [session(), session()];
    await expect(get(one)).rejects.toMatchObject({
      kind: 'unauthorized',
      message: 'POST login: answered 401',
    });
    await expect(get(other)).rejects.toMatchObject({ kind: 'unauthorized', retryAfterSeconds: 5 });
    expect(server.seen).toHaveLength(1);
  });

  test.each(['Basic', 'Bearer'] as const)(
    'a login with the authorization scheme %s works with the Datakeen simulator',
    async (scheme) => {
      await using api = await simulated(dynamodb, { scheme });
      const state = makeDatakeenSession({ sessionId });
      api.datakeen.put(state);
      expect((await get(api.session())).json).toEqual(state.result);
      expect(api.datakeen.requests).toMatchObject({ login: 1, session: 1, other: 0 });
    },
  );

  test('without credentials in the API secret, no request is sent to Datakeen, and the error shows no secret', async () => {
    await using api = await simulated(dynamodb, { secret: { user: 'someone', password: account.password } });
    await expect(get(api.session())).rejects.toMatchObject({
      kind: 'no_account',
      message: "no username and password in Datakeen's API secret",
    });
    expect(api.datakeen.requests.login).toBe(0);
  });

  test('a login at Datakeen uses credentials that were added to the API secret after it was cached', async () => {
    await using api = await simulated(dynamodb, { secret: { username: '' }, refreshed: account });
    api.datakeen.put(makeDatakeenSession({ sessionId }));
    await get(api.session());
    expect(api.datakeen.requests.login).toBe(1);
  });
});

describe('the token of Datakeen', () => {
  test('50 concurrent calls in five instances share one login at Datakeen', async () => {
    // Prepare
    await using api = await simulated(dynamodb);
    api.datakeen.put(makeDatakeenSession({ sessionId }));
    const instances = Array.from({ length: 5 }, () => api.session());
    // Act
    await Promise.all(Array.from({ length: 50 }, (_, index) => get(instances[index % 5] ?? api.session())));
    // Assess
    expect(api.datakeen.requests).toMatchObject({ login: 1, session: 50 });
  });

  test('if a Datakeen token expires, five instances with 50 concurrent calls log in only once', async () => {
    // Prepare
    await using api = await simulated(dynamodb);
    api.datakeen.put(makeDatakeenSession({ sessionId }));
    const instances = Array.from({ length: 5 }, () => api.session());
    await Promise.all(instances.map(get));
    api.datakeen.expireTokens();
    // Act
    await Promise.all(Array.from({ length: 50 }, (_, index) => get(instances[index % 5] ?? api.session())));
    // Assess
    expect(api.datakeen.requests.login).toBe(2);
  });

  test.each([
    ['the body of a 200 says 401', { body: '{"status":401,"message":"jwt expired"}' }],
    ['the answer is 403', { status: 403, body: '{}' }],
  ])('the Datakeen token is renewed by a new login if %s', async (_what, refusal) => {
    await using server = await served([
      token('t-1'),
      refusal,
      token('t-2'),
      { body: '{"status":200,"data":{}}' },
    ]);
    const { session } = await instancesOf(dynamodb, { apiUrl: server.url });
    await get(session());
    expect(server.seen.map(({ authorization }) => authorization)).toEqual([
      undefined,
      'Basic t-1',
      undefined,
      'Basic t-2',
    ]);
  });
});

describe('the answer of GET session', () => {
  const answered = async (answer: { status?: number; body: string; type?: string }) => {
    await using server = await served([token('t-1'), answer, token('t-2'), answer]);
    const { session } = await instancesOf(dynamodb, { apiUrl: server.url });
    return await get(session()).catch((error: unknown) => error);
  };

  test.each<[string, { status?: number; body: string; type?: string }, string, string]>([
    ['404', { status: 404, body: '{}' }, 'not_found', 'GET session: answered 404'],
    ['404 in the body of a 200', { body: '{"status":404}' }, 'not_found', 'GET session: answered 404'],
    ['404 as text in the body', { body: '{"status":"404"}' }, 'not_found', 'GET session: answered 404'],
    [
      'pending in the body of a 200',
      { body: '{"status":"pending"}' },
      'not_ready',
      'GET session: answered 202',
    ],
    ['error in the body of a 200', { body: '{"status":"error"}' }, 'transient', 'GET session: answered 500'],
    ['202', { status: 202, body: '{}' }, 'not_ready', 'GET session: answered 202'],
    [
      '202 in the body of a 200',
      { body: '{"status":202,"data":null}' },
      'not_ready',
      'GET session: answered 202',
    ],
    ['500 in the body of a 200', { body: '{"status":500}' }, 'transient', 'GET session: answered 500'],
    ['503', { status: 503, body: '{}' }, 'transient', 'GET session: answered 503'],
    ['429 in the body of a 200', { body: '{"status":429}' }, 'throttled', 'GET session: answered 429'],
    ['400', { status: 400, body: '{}' }, 'unexpected', 'GET session: answered 400'],
    ['401, twice', { status: 401, body: '{}' }, 'unauthorized', 'GET session: answered 401'],
    ['no JSON', { body: 'Jean JEAN' }, 'transient', 'GET session: answered no JSON'],
    [
      'JSON that is cut off',
      { body: '{"status":200,"data":{"na' },
      'transient',
      'GET session: answered no JSON',
    ],
    ['a web page', { body: '<html>', type: 'text/html' }, 'transient', 'GET session: answered 200'],
    ['null', { body: 'null' }, 'transient', 'GET session: answered no JSON'],
    ['a JSON string', { body: '"text"' }, 'transient', 'GET session: answered no JSON'],
    ['nothing', { body: '' }, 'transient', 'GET session: answered no JSON'],
  ])(
    'an answer of Datakeen with %s throws the matching EvidenceError, which does not quote the body',
    async (_what, answer, kind, message) => {
      expect(await answered(answer)).toMatchObject({ name: 'EvidenceError', kind, message });
    },
  );

  test.each([
    '{"status":200}',
    '{"status":201}',
    '{}',
    '[]',
    '{"status":"done"}',
    '{"status":0}',
    '{"status":null}',
  ])('the answer %s of Datakeen is accepted, because it reports no failure', async (body) => {
    expect(await answered({ body })).toEqual({ bytes: Buffer.from(body), json: JSON.parse(body) });
  });

  test('an answer of Datakeen with more than 20 MiB is rejected', async () => {
    const body = `["${'x'.repeat(20 * 1024 * 1024)}"]`;
    expect(await answered({ body })).toMatchObject({
      kind: 'too_large',
      message: 'GET session: over 20 MiB',
    });
  });
});
