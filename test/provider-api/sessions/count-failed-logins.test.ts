import { afterAll, beforeAll, expect, test } from 'vitest';
import { EvidenceError } from '../../../shared/provider-api/evidence-error.ts';
import { countFailedLogins } from '../../../shared/provider-api/sessions/count-failed-logins.ts';
import { createDynamoSessionStore } from '../../../shared/provider-api/sessions/dynamo-session-store.ts';
import { createProviderSession } from '../../../shared/provider-api/sessions/provider-session.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../../support/dynamodb.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';

let dynamodb: DynamoDbUnderTest;
beforeAll(async () => {
  dynamodb = await startDynamoDb();
  await dynamodb.createTable('Sessions', 'sessionId');
});
afterAll(() => dynamodb.stop());

/** Makes a call with a session whose login is `login`. @returns the counts after the call has ended */
async function countsAfter(
  sessionId: string,
  login: () => Promise<string>,
  call: () => Promise<unknown>,
): Promise<Readonly<Record<string, number>>> {
  const telemetry = recordedTelemetry();
  const store = countFailedLogins(createDynamoSessionStore(dynamodb.client, 'Sessions', Date.now), telemetry);
  const session = createProviderSession({ store, sessionId, owner: 'one', login });
  await session.withToken(call).catch(() => undefined);
  return telemetry.counts;
}

const fail = (kind: 'unauthorized' | 'transient' | 'no_account') => async () => {
  throw new EvidenceError(kind, 'POST login: failed');
};

test('a login that works is not counted as failed', async () => {
  expect(
    await countsAfter(
      'good',
      async () => 'token',
      async () => 'answer',
    ),
  ).toEqual({});
});

test.each(['unauthorized', 'transient'] as const)('a login that fails as %s is counted', async (kind) => {
  expect(await countsAfter(kind, fail(kind), async () => 'answer')).toEqual({ LoginsFailed: 1 });
});

test('a new token that the API refuses counts as a failed login', async () => {
  const counts = await countsAfter('refused', async () => 'token', fail('unauthorized'));
  expect(counts).toEqual({ LoginsFailed: 1 });
});

test('a login without credentials is not sent, so it is not counted', async () => {
  expect(await countsAfter('none', fail('no_account'), async () => 'answer')).toEqual({});
});
