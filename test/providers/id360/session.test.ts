import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLoopbackServer } from '../../../local/simulators/loopback-server.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../../support/dynamodb.ts';
import { account, instancesOf, patient, simulated } from './api-under-test.ts';

let dynamodb: DynamoDbUnderTest;
beforeAll(async () => {
  dynamodb = await startDynamoDb();
});
afterAll(() => dynamodb.stop());

const whoami = 'api/1.0.0/user/whoami';

test.each([
  ['https://id360.example.com', 'https://id360.example.com/api/1.0.0/user/whoami'],
  ['https://id360.example.com/', 'https://id360.example.com/api/1.0.0/user/whoami'],
  ['https://id360.example.com/gateway/fr', 'https://id360.example.com/gateway/fr/api/1.0.0/user/whoami'],
  ['https://id360.example.com/gateway/fr///', 'https://id360.example.com/gateway/fr/api/1.0.0/user/whoami'],
])('calls to ID360 go to the expected URL if the setting for the API URL is %s', async (apiUrl, expected) => {
  const { session } = await instancesOf(dynamodb, { apiUrl });

  expect(session().url(whoami).href).toBe(expected);
  expect(session().url(`//${whoami}`).href, 'a path never becomes a host').toBe(expected);
});

test('a login at ID360 sends username and password as JSON, and each call presents the token', async () => {
  // Prepare
  const seen: unknown[] = [];
  const server = await startLoopbackServer(async (request, response) => {
    const body = (await request.toArray()).join('');
    seen.push([request.method, request.url, request.headers.authorization, body]);
    response.end('{"token":"t-1","other":1}');
  });
  const { session } = await instancesOf(dynamodb, { apiUrl: `${server.url}/gateway//` });
  const instance = session();

  // Act
  await instance.call('GET whoami', instance.url(whoami), patient());
  await server.stop();

  // Assess
  expect(seen).toEqual([
    ['POST', '/gateway/api/1.0.0/user/login/', undefined, JSON.stringify(account)],
    ['GET', '/gateway/api/1.0.0/user/whoami', 'Token t-1', ''],
  ]);
});

test('50 concurrent calls in five instances cause one login at ID360', async () => {
  // Prepare
  await using api = await simulated(dynamodb);
  const instances = Array.from({ length: 5 }, () => api.session());

  // Act
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => {
      const instance = instances[index % 5] ?? api.session();
      return instance.call('GET whoami', instance.url(whoami), patient());
    }),
  );

  // Assess
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(api.id360.requests).toMatchObject({ login: 1, whoami: 50 });
});

test('50 concurrent calls with an expired ID360 token cause one new login', async () => {
  await using api = await simulated(dynamodb);
  const instances = Array.from({ length: 5 }, () => api.session());
  const call = (index: number) => {
    const instance = instances[index % 5] ?? api.session();
    return instance.call('GET whoami', instance.url(whoami), patient());
  };
  await Promise.all(instances.map((_, index) => call(index)));
  api.id360.expireTokens();

  await Promise.all(Array.from({ length: 50 }, (_, index) => call(index)));

  expect(api.id360.requests.login).toBe(2);
});

test('an answer of 403 from ID360 does not cause a new login', async () => {
  await using api = await simulated(dynamodb);
  api.id360.failNext('whoami', { status: 403 });
  const instance = api.session();

  const call = instance.call('GET whoami', instance.url(whoami), patient());

  await expect(call).rejects.toMatchObject({ kind: 'forbidden' });
  expect(api.id360.requests).toMatchObject({ login: 1, whoami: 1 });
});

describe('a failed login at ID360', () => {
  const callOnce = async (api: Awaited<ReturnType<typeof simulated>>) => {
    const instance = api.session();
    await instance.call('GET whoami', instance.url(whoami), patient());
  };

  test.each([
    ['wrong credentials', { status: 401 }, 'unauthorized', 'POST login: answered 401'],
    // If the base URL is wrong, ID360's login answers 404. This does not mean that the enrollment is gone, so the job
    // must be tried again.
    ['not found', { status: 404 }, 'unauthorized', 'POST login: answered 404'],
    ['a bad request', { status: 400 }, 'unauthorized', 'POST login: answered 400'],
    ['gone', { status: 410 }, 'unauthorized', 'POST login: answered 410'],
    ['an outage', { status: 502 }, 'transient', 'POST login: answered 502'],
    ['too many logins', { status: 429 }, 'throttled', 'POST login: answered 429'],
    ['no token', { status: 200, body: '{"token":""}' }, 'transient', 'POST login: answered without a token'],
    [
      'a token that no header can contain',
      { status: 200, body: '{"token":"a\\nb"}' },
      'transient',
      'POST login: answered without a token',
    ],
    ['forbidden', { status: 403 }, 'unauthorized', 'POST login: answered 403'],
    ['no JSON', { status: 200, body: 'ok' }, 'transient', 'POST login: answered without a token'],
    [
      'an endless answer',
      { status: 200, body: `{"token":"t","padding":"${'x'.repeat(1024 * 1024)}"}` },
      'unauthorized',
      'POST login: over 1 MiB',
    ],
    ['no object', { status: 200, body: 'null' }, 'transient', 'POST login: answered without a token'],
  ] as const)(
    'a login at ID360 is sent once, and lets the job try again later, if it fails because of %s',
    async (_, fault, kind, message) => {
      await using api = await simulated(dynamodb);
      api.id360.failNext('login', fault);

      await expect(callOnce(api)).rejects.toMatchObject({ name: 'EvidenceError', kind, message });

      expect(api.id360.requests).toMatchObject({ login: 1, whoami: 0 });
    },
  );

  test('without credentials in the API secret, no request is sent to ID360, and the error shows no secret', async () => {
    const secret = { user: 'someone', password: account.password };
    await using api = await simulated(dynamodb, { secret });

    await expect(callOnce(api)).rejects.toMatchObject({
      kind: 'no_account',
      message: "no username and password in ID360's API secret",
    });

    expect(api.id360.requests.login).toBe(0);
  });

  test('a login at ID360 uses credentials that were added to the API secret after it was cached', async () => {
    await using api = await simulated(dynamodb, { secret: { username: '' }, refreshed: account });

    await callOnce(api);

    expect(api.id360.requests).toMatchObject({ login: 1, whoami: 1 });
  });
});
