import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hours, minutes } from '../../shared/contract/lookup-times.ts';
import { requestLookups } from '../../shared/lookups/request-lookups.ts';
import { recordTransition } from '../../shared/verifications/record-transition.ts';
import { parseVerificationItem } from '../../shared/verifications/verification-row.ts';
import {
  createDynamoVerificationStore,
  type VerificationStore,
} from '../../shared/verifications/verification-store.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../support/dynamodb.ts';
import { recordedTelemetry } from '../support/recorded-telemetry.ts';
import { type StatusName, statement, transition } from '../support/transitions.ts';

const opened = Date.UTC(2026, 10, 22, 10);
const minute = 60_000;
const at = (minutesAfter: number) => new Date(opened + minutesAfter * minute).toISOString();

let dynamodb: DynamoDbUnderTest;
let tables = 0;
beforeAll(async () => {
  dynamodb = await startDynamoDb();
});
afterAll(() => dynamodb.stop());

/** Creates an empty table, and the function that requests the lookups of IDnow: two per minute, every five minutes. */
async function underTest() {
  const table = await dynamodb.createVerificationsTable(`Verifications-${tables++}`);
  const store = createDynamoVerificationStore(dynamodb.client, table, 30 * 24 * 3600);
  const telemetry = recordedTelemetry();
  const state = { verifications: store as VerificationStore };
  const handler = requestLookups([minutes(15), hours(1)], {
    provider: 'idnow',
    dynamodb: dynamodb.client,
    table,
    get verifications() {
      return state.verifications;
    },
    perMinute: 2,
    everyMinutes: 5,
    retentionSeconds: 30 * 24 * 3600,
    telemetry,
    newId: () => crypto.randomUUID(),
  });
  return Object.assign(state, {
    telemetry,
    run: (minutesAfter: number) => handler({ time: at(minutesAfter) }),
    async deliver(verificationId: string, status: StatusName, minutesAfter: number) {
      await recordTransition(store, {
        transition: transition(status, {
          verificationId,
          provider: verificationId.split(':')[0] ?? '',
          origin: statement,
          fingerprint: `${status} ${minutesAfter}`,
        }),
        receivedAt: at(minutesAfter),
        writeId: crypto.randomUUID(),
        delivery: null,
      });
    },
    /** Returns the jobs that the latest write of a verification requests, and its next lookup. */
    async stateOf(verificationId: string) {
      const { Item } = await dynamodb.client.send(
        new GetItemCommand({ TableName: table, Key: { verificationId: { S: verificationId } } }),
      );
      if (Item === undefined) throw new Error('there is no row');
      const { outbox, verification } = parseVerificationItem(Item);
      return { jobs: outbox.jobs, nextLookupAt: verification.nextLookupAt };
    },
  });
}

test('a silent open case gets a lookup, and its next one is planned in the same write', async () => {
  const lookups = await underTest();
  await lookups.deliver('idnow:acme:a', 'START', 0);
  await lookups.run(16);

  const { jobs, nextLookupAt } = await lookups.stateOf('idnow:acme:a');
  expect(jobs).toEqual([
    expect.objectContaining({ purpose: 'lookup', isLastLookup: false, notBefore: null }),
  ]);
  expect(nextLookupAt).toBe(Date.parse(at(60)) / 1000);
  expect(lookups.telemetry.counts).toEqual({ LookupsRequested: 1 });

  await lookups.run(17);
  expect(lookups.telemetry.counts).toEqual({ LookupsRequested: 1 });
});

test('completed cases, cases that are not silent, and cases of other providers get no lookup', async () => {
  const lookups = await underTest();
  await lookups.deliver('idnow:acme:done', 'START', 0);
  await lookups.deliver('idnow:acme:done', 'SUCCESS', 5);
  await lookups.deliver('idnow:acme:busy', 'START', 0);
  await lookups.deliver('idnow:acme:busy', 'REVIEW_PENDING', 10);
  await lookups.deliver('id360:1', 'START', 0);
  await lookups.run(16);

  expect(lookups.telemetry.counts).toEqual({ LookupsRequested: 0 });
  expect(await lookups.stateOf('idnow:acme:busy')).toEqual({
    jobs: [],
    nextLookupAt: Date.parse(at(25)) / 1000,
  });
});

test('a run requests only the lookups of five minutes, spreads them, and the next run begins with the others', async () => {
  const lookups = await underTest();
  const ids = Array.from({ length: 12 }, (_, index) => `idnow:acme:${index}`);
  for (const [index, id] of ids.entries()) await lookups.deliver(id, 'START', index / 60);
  await lookups.run(20);

  const states = await Promise.all(ids.map(lookups.stateOf));
  const begins = states.map(({ jobs }) => jobs[0]?.notBefore);
  const spread = Array.from({ length: 9 }, (_, index) => at(20 + (index + 1) / 2).replace('.000Z', 'Z'));
  expect(begins).toEqual([null, ...spread, undefined, undefined]);
  expect(lookups.telemetry.counts).toEqual({ LookupsRequested: 10, LookupLimitReached: 1 });

  await lookups.run(25);
  expect(lookups.telemetry.counts.LookupsRequested).toBe(12);
});

test('a case that cannot be written stays due, and the others get their lookups', async () => {
  const lookups = await underTest();
  await lookups.deliver('idnow:acme:a', 'START', 0);
  await lookups.deliver('idnow:acme:b', 'START', 1);
  const { verifications } = lookups;
  lookups.verifications = {
    ...verifications,
    async read(id) {
      if (id === 'idnow:acme:a') throw new Error('DynamoDB is down');
      return verifications.read(id);
    },
  };
  await lookups.run(20);
  expect(lookups.telemetry.counts).toEqual({ LookupsRequested: 1, LookupsNotRequested: 1 });

  lookups.verifications = verifications;
  await lookups.run(25);
  expect(lookups.telemetry.counts.LookupsRequested).toBe(2);
});

test('two runs at the same time request one lookup', async () => {
  const lookups = await underTest();
  await lookups.deliver('idnow:acme:a', 'START', 0);
  await Promise.all([lookups.run(20), lookups.run(20)]);
  expect(lookups.telemetry.counts.LookupsRequested).toBe(1);
});
