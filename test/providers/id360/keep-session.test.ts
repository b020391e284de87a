import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepSession } from '../../../shared/providers/id360/keep-session.ts';
import { id360SessionId } from '../../../shared/providers/id360/session.ts';
import { loginToId360 as loginTo } from '../../simulators/support/id360.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../../support/dynamodb.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';
import { simulated } from './api-under-test.ts';

let dynamodb: DynamoDbUnderTest;
beforeAll(async () => {
  dynamodb = await startDynamoDb();
});
afterAll(() => dynamodb.stop());

async function underTest() {
  // `loginTo` logs in at the simulator with this account.
  const account = { username: 'app', password: 'pass-1' };
  const parts = await simulated(dynamodb, { ...account, secret: account });
  const telemetry = recordedTelemetry();
  const keeper = keepSession({ session: parts.session(), sessions: parts.sessions, telemetry });
  return { ...parts, telemetry, keeper };
}

test('keepSession sends no request to ID360 if no token is stored yet', async () => {
  await using api = await underTest();

  await api.keeper();

  expect(api.id360.requests).toMatchObject({ login: 0, whoami: 0 });
  expect(api.telemetry.counts).toEqual({});
});

test('keepSession calls ID360 with the stored token, without a login', async () => {
  await using api = await underTest();
  await api.store(await loginTo(api.id360.url));

  await api.keeper();

  // The test itself made the one login, so keepSession did not log in.
  expect(api.id360.requests).toMatchObject({ login: 1, whoami: 1 });
  expect(api.telemetry).toMatchObject({ counts: { SessionsKept: 1 }, flushes: 1 });
});

test('if keepSession runs regularly, a token stays valid although no job uses it', async () => {
  const clock = { now: Date.now() };
  await using api = await simulated(dynamodb, { now: () => clock.now });
  const session = api.session();
  const whoami = () =>
    session.call('GET whoami', session.url('api/1.0.0/user/whoami'), AbortSignal.timeout(5000));
  await whoami();
  const keeper = keepSession({
    session: api.session(),
    sessions: api.sessions,
    telemetry: recordedTelemetry(),
  });

  for (let calls = 0; calls < 10; calls++) {
    clock.now += 13 * 60_000;
    await keeper();
  }
  await whoami();

  expect(api.id360.requests).toMatchObject({ login: 1, whoami: 12 });
});

test('if ID360 answers 401, keepSession logs in once and repeats the call', async () => {
  await using api = await underTest();
  await api.store(await loginTo(api.id360.url));
  api.id360.expireTokens();

  await api.keeper();

  expect(api.id360.requests).toMatchObject({ login: 2, whoami: 2 });
  expect(await api.sessions.read(id360SessionId)).toMatchObject({ token: { generation: 2 } });
  expect(api.telemetry.counts).toEqual({ SessionsKept: 1 });
});

test.each([
  ['is down', { status: 503 }, /GET whoami: answered 503/],
  ['hangs up', { status: 'hang-up' }, /GET whoami: no answer/],
] as const)(
  'keepSession throws and counts a metric if ID360 %s, so that Lambda invokes the function again',
  async (_, fault, error) => {
    await using api = await underTest();
    await api.store(await loginTo(api.id360.url));
    api.id360.failNext('whoami', fault);

    await expect(api.keeper()).rejects.toThrow(error);

    expect(api.telemetry).toMatchObject({ counts: { SessionsNotKept: 1 }, flushes: 1 });
    expect(api.id360.requests.login, 'an outage is no reason to log in').toBe(1);
  },
);

test('keepSession throws and counts a metric if the table of sessions cannot be read', async () => {
  await using api = await underTest();
  const sessions = { ...api.sessions, read: () => Promise.reject(new Error('DynamoDB is down')) };
  const keeper = keepSession({ session: api.session(), sessions, telemetry: api.telemetry });

  await expect(keeper()).rejects.toThrow('DynamoDB is down');

  expect(api.telemetry).toMatchObject({ counts: { SessionsNotKept: 1 }, flushes: 1 });
});
