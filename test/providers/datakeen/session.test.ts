import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSession } from '../../../local/simulators/datakeen/make-session.ts';
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

/** A server that answers each request in turn, and keeps what has come. */
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

describe('logging in', () => {
  test('to version 1 is JSON, and its token is presented as Basic', async () => {
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
    ['where version 1 has it', token('t-2')],
    ['at the top', { body: '{"token":"t-2"}' }],
  ])('to version 2 is a form, and its token is presented as Bearer, %s', async (_what, answer) => {
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
  });

  test.each([404, 405, 401])('to a host of version 2 that answers %d to the form is JSON', async (status) => {
    await using server = await served([{ status, body: '{}' }, token('t-3'), { body: '{}' }]);
    const { session } = await instancesOf(dynamodb, { apiUrl: server.url, scheme: 'Bearer' });
    await get(session());
    expect(server.seen).toMatchObject([
      { line: 'POST /backend/api/v1/auth' },
      { line: 'POST /backend/auth', type: 'application/json', body: JSON.stringify(account) },
      { authorization: 'Bearer t-3' },
    ]);
  });

  test.each<[string, { status?: number; body: string; type?: string }]>([
    ['a web page', { body: '<html>', type: 'text/html' }],
    ['401 inside of 200', { body: '{"status":401,"message":"no such user"}' }],
    ['nothing of use', { body: '{"status":200,"data":null}' }],
  ])('to a host of version 2 that answers %s to the form is JSON', async (_what, answer) => {
    await using server = await served([answer, token('t-3'), { body: '{}' }]);
    const { session } = await instancesOf(dynamodb, { apiUrl: server.url, scheme: 'Bearer' });
    await get(session());
    expect(server.seen.map(({ line }) => line)).toEqual([
      'POST /backend/api/v1/auth',
      'POST /backend/auth',
      `GET /${path}`,
    ]);
  });

  test.each([
    ['refused, then not found', 401, 404, 'POST login: answered 401'],
    ['not there, then refused', 502, 401, 'POST login: answered 401'],
  ])('that no version takes fails as the one that was refused: %s', async (_what, one, other, message) => {
    await using server = await served([
      { status: one, body: '{}' },
      { status: other, body: '{}' },
    ]);
    const { session } = await instancesOf(dynamodb, { apiUrl: server.url, scheme: 'Bearer' });
    await expect(get(session())).rejects.toMatchObject({ kind: 'unauthorized', message });
    expect(server.seen).toHaveLength(2);
  });

  test('is not tried otherwise where the host asks for a pause', async () => {
    await using server = await served([{ status: 429, body: 'x' }]);
    const { session } = await instancesOf(dynamodb, { apiUrl: server.url, scheme: 'Bearer' });
    await expect(get(session())).rejects.toMatchObject({ kind: 'throttled' });
    expect(server.seen).toHaveLength(1);
  });

  test('to version 1 is not tried otherwise', async () => {
    await using server = await served([{ status: 401, body: '{}' }]);
    const { session } = await instancesOf(dynamodb, { apiUrl: server.url });
    await expect(get(session())).rejects.toMatchObject({ kind: 'unauthorized' });
    expect(server.seen.map(({ line }) => line)).toEqual(['POST /backend/auth']);
  });

  test('that is refused inside of an answer of 200 pauses as any that is refused', async () => {
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

  test.each(['Basic', 'Bearer'] as const)('works with the simulator: %s', async (scheme) => {
    await using api = await simulated(dynamodb, { scheme });
    const state = makeSession({ sessionId });
    api.datakeen.put(state);
    expect((await get(api.session())).json).toEqual(state.result);
    expect(api.datakeen.requests).toMatchObject({ login: 1, session: 1, other: 0 });
  });

  test('for want of credentials asks nobody, and quotes nothing', async () => {
    await using api = await simulated(dynamodb, { secret: { user: 'someone', password: account.password } });
    await expect(get(api.session())).rejects.toMatchObject({
      kind: 'no_account',
      message: "no username and password in Datakeen's API secret",
    });
    expect(api.datakeen.requests.login).toBe(0);
  });

  test('uses credentials that have been entered since the secret was read', async () => {
    await using api = await simulated(dynamodb, { secret: { username: '' }, refreshed: account });
    api.datakeen.put(makeSession({ sessionId }));
    await get(api.session());
    expect(api.datakeen.requests.login).toBe(1);
  });
});

describe('the token', () => {
  test('is shared: 50 calls at once over five instances log in once', async () => {
    // Prepare
    await using api = await simulated(dynamodb);
    api.datakeen.put(makeSession({ sessionId }));
    const instances = Array.from({ length: 5 }, () => api.session());
    // Act
    await Promise.all(Array.from({ length: 50 }, (_, index) => get(instances[index % 5] ?? api.session())));
    // Assess
    expect(api.datakeen.requests).toMatchObject({ login: 1, session: 50 });
  });

  test('that has ended is renewed once, by one of them', async () => {
    // Prepare
    await using api = await simulated(dynamodb);
    api.datakeen.put(makeSession({ sessionId }));
    const instances = Array.from({ length: 5 }, () => api.session());
    await Promise.all(instances.map(get));
    api.datakeen.expireTokens();
    // Act
    await Promise.all(Array.from({ length: 50 }, (_, index) => get(instances[index % 5] ?? api.session())));
    // Assess
    expect(api.datakeen.requests.login).toBe(2);
  });

  test.each([
    ['an answer of 200 says 401 inside', { body: '{"status":401,"message":"jwt expired"}' }],
    ['the answer is 403', { status: 403, body: '{}' }],
  ])('is renewed also where %s', async (_what, refusal) => {
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

describe('an answer', () => {
  const answered = async (answer: { status?: number; body: string; type?: string }) => {
    await using server = await served([token('t-1'), answer, token('t-2'), answer]);
    const { session } = await instancesOf(dynamodb, { apiUrl: server.url });
    return await get(session()).catch((error: unknown) => error);
  };

  test.each<[string, { status?: number; body: string; type?: string }, string, string]>([
    ['404', { status: 404, body: '{}' }, 'not_found', 'GET session: answered 404'],
    ['404 inside of 200', { body: '{"status":404}' }, 'not_found', 'GET session: answered 404'],
    ['404 inside as text', { body: '{"status":"404"}' }, 'not_found', 'GET session: answered 404'],
    ['pending inside of 200', { body: '{"status":"pending"}' }, 'not_ready', 'GET session: answered 202'],
    ['error inside of 200', { body: '{"status":"error"}' }, 'transient', 'GET session: answered 500'],
    ['202', { status: 202, body: '{}' }, 'not_ready', 'GET session: answered 202'],
    ['202 inside of 200', { body: '{"status":202,"data":null}' }, 'not_ready', 'GET session: answered 202'],
    ['500 inside of 200', { body: '{"status":500}' }, 'transient', 'GET session: answered 500'],
    ['503', { status: 503, body: '{}' }, 'transient', 'GET session: answered 503'],
    ['429 inside of 200', { body: '{"status":429}' }, 'throttled', 'GET session: answered 429'],
    ['400', { status: 400, body: '{}' }, 'unexpected', 'GET session: answered 400'],
    ['401, twice', { status: 401, body: '{}' }, 'unauthorized', 'GET session: answered 401'],
    ['no JSON', { body: 'Jean JEAN' }, 'transient', 'GET session: answered no JSON'],
    ['half of it', { body: '{"status":200,"data":{"na' }, 'transient', 'GET session: answered no JSON'],
    ['a web page', { body: '<html>', type: 'text/html' }, 'transient', 'GET session: answered 200'],
    ['null', { body: 'null' }, 'transient', 'GET session: answered no JSON'],
    ['a JSON string', { body: '"text"' }, 'transient', 'GET session: answered no JSON'],
    ['nothing', { body: '' }, 'transient', 'GET session: answered no JSON'],
  ])('of %s is a failure of its kind, and quotes nothing', async (_what, answer, kind, message) => {
    expect(await answered(answer)).toMatchObject({ name: 'EvidenceError', kind, message });
  });

  test.each([
    '{"status":200}',
    '{"status":201}',
    '{}',
    '[]',
    '{"status":"done"}',
    '{"status":0}',
    '{"status":null}',
  ])('of %s is taken as it is', async (body) => {
    expect(await answered({ body })).toEqual({ bytes: Buffer.from(body), json: JSON.parse(body) });
  });

  test('of more than 20 MiB is refused', async () => {
    const body = `["${'x'.repeat(20 * 1024 * 1024)}"]`;
    expect(await answered({ body })).toMatchObject({
      kind: 'too_large',
      message: 'GET session: over 20 MiB',
    });
  });
});
