import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalSystem, startLocalSystem } from '../../local/start-system.ts';
import { emptyFindings } from '../../shared/contract/identity.ts';
import { ChangedMember, type VerificationEvent } from '../../shared/contract/verification-event.ts';
import { type ConsumerTables, createConsumerTables } from '../support/consumer-tables.ts';
import { consumer, type EventConsumer } from '../support/event-consumer.ts';
import { playCompletely, simulationOf } from '../support/play-scenarios.ts';
import { providerNames } from '../support/provider-names.ts';
import { rareCases } from '../support/rare-scenarios.ts';
import { synthesizeOnce } from '../support/synthesize-once.ts';

const { NODE_COMPILE_CACHE = '' } = process.env;

/** The members that the column "changes" of the table can list. */
const members = [
  'claims',
  'extracted',
  'submitted',
  'documents',
  'checks',
  'provider_data',
  'reasons',
  'evidence',
] as const;

let system: LocalSystem;
let sqs: SQSClient;
let s3: S3Client;
let dynamoDb: DynamoDBClient;
let tables: ConsumerTables;
let events: EventConsumer;
let cases: VerificationEvent[][];

beforeAll(async () => {
  system = await startLocalSystem({
    port: 0,
    config: {},
    synthesize: synthesizeOnce,
    mostInstances: 1,
    variablesOf: () => ({ PAUSE_FACTOR: '0.05', NODE_COMPILE_CACHE }),
  });
  const { region, credentials, endpoints, outputs } = system.stack;
  sqs = new SQSClient({ region, credentials, endpoint: endpoints.sqs });
  s3 = new S3Client({ region, credentials, endpoint: endpoints.s3, forcePathStyle: true });
  dynamoDb = new DynamoDBClient({ region, credentials, endpoint: endpoints.dynamodb });
  tables = await createConsumerTables(dynamoDb, s3, '20260101T000000Z');
  events = consumer(sqs, outputs.EventsQueueUrl ?? '');
  cases = await Promise.all(
    providerNames.flatMap((provider) =>
      [...simulationOf(provider).scenarios.map((each) => [each]), ...(rareCases[provider] ?? [])].map(
        (scenarios) => playCompletely(system, events, provider, scenarios),
      ),
    ),
  );
});
afterAll(async () => {
  events?.stop();
  await system?.stop();
  for (const client of [sqs, s3, dynamoDb]) client?.destroy();
});

/** The rows of the table in `docs/events/README.md`: the listed members, by provider and event type. */
async function documented(): Promise<Record<string, string[]>> {
  const text = await readFile(new URL('../../docs/events/README.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\| (IDnow|ID360|Datakeen) \| `(idv\.[a-z.]+\.v1)` \| ([^|]*) \|/gm)];
  return Object.fromEntries(
    rows.map(([, provider = '', type = '', changes = '']) => {
      const listed = [...changes.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
      return [`${provider.toLowerCase()} ${type}`, listed.toSorted()];
    }),
  );
}

/**
 * Members that change only if a webhook arrives between a lookup's decision and its archive. No scenario can time this, so
 * the played cases show it only sometimes.
 */
const timedMembers: Readonly<Record<string, readonly string[]>> = {
  'datakeen idv.evidence.archived.v1': ['provider_data'],
};

/** The members that at least one played event changes, by provider and event type. */
function observed(): Record<string, string[]> {
  const rows: Record<string, Set<string>> = {};
  for (const { type, data } of cases.flat()) {
    const row = `${data.provider} ${type}`;
    rows[row] ??= new Set(timedMembers[row]);
    for (const name of members) if (data.changed.includes(name)) rows[row].add(name);
  }
  return Object.fromEntries(Object.entries(rows).map(([row, names]) => [row, [...names].toSorted()]));
}

test('the table of providers and event types lists exactly the members that events of played cases change', async () => {
  expect(await documented()).toEqual(observed());
});

/** The events of the table "The first claims", by provider. */
async function documentedFirstClaims(): Promise<Record<string, string[]>> {
  const text = await readFile(new URL('../../docs/events/README.md', import.meta.url), 'utf8');
  const [, section = ''] = /^### The first claims\n([\s\S]*?)^### /m.exec(text) ?? [];
  const rows = [...section.matchAll(/^\| (IDnow|ID360|Datakeen) \| (.*) \|$/gm)];
  return Object.fromEntries(
    rows.map(([, provider = '', types = '']) => [
      provider.toLowerCase(),
      [...types.matchAll(/`(idv[\w.]+)`/g)].map(([, type = '']) => type).toSorted(),
    ]),
  );
}

test('the documented events are the first with claims of an approved case', async () => {
  const first: Record<string, Set<string>> = {};
  for (const each of cases) {
    const event = each.find(
      ({ data }) => data.outcome === 'approved' && data.finality === 'final' && 'family_name' in data.claims,
    );
    if (event === undefined) continue;
    first[event.data.provider] ??= new Set();
    first[event.data.provider]?.add(event.type);
  }
  const observedFirst = Object.entries(first).map(([name, types]) => [name, [...types].toSorted()]);

  expect(await documentedFirstClaims()).toEqual(Object.fromEntries(observedFirst));
});

test('no event of a case that is not approved has claims', () => {
  const withheld = cases.flat().filter(({ data }) => data.outcome !== 'approved');
  expect(withheld.filter(({ data }) => Object.keys(data.claims).length > 0)).toEqual([]);
  expect(withheld.some(({ data }) => 'family_name' in data.extracted)).toBe(true);
});

test('after the first event with claims, all later events have claims while the case stays approved', () => {
  const withoutClaims = cases.flatMap((events) => {
    const first = events.findIndex(({ data }) => 'family_name' in data.claims);
    return first < 0 ? [] : events.slice(first).filter(({ data }) => !('family_name' in data.claims));
  });

  expect(withoutClaims.filter(({ data }) => data.outcome === 'approved')).toEqual([]);
});

test('a consumer that applies only the changed members of each event has the same data as the newest event', () => {
  // Prepare
  const membersOf = (data: VerificationEvent['data'], names: readonly ChangedMember[]) =>
    Object.fromEntries(names.map((name) => [name, data[name]]));
  const nothing = {
    ...emptyFindings,
    reference: null,
    outcome: null,
    flags: [],
    reasons: [],
    evidence: null,
  };
  const different: string[] = [];

  // Act
  for (const events of cases) {
    let applied: Record<string, unknown> = nothing;
    for (const { id, data } of events) {
      applied = { ...applied, ...membersOf(data, data.changed) };
      if (!isDeepStrictEqual(applied, membersOf(data, ChangedMember.options))) different.push(id);
    }
  }

  // Assess
  expect(cases.flat().length).toBeGreaterThan(100);
  expect(different).toEqual([]);
});

test('a consumer that keeps the newest event of a case ends with the row of that event, in any order and with repetitions', async () => {
  const arrivals = fc.constantFrom(...cases).chain((events) =>
    fc.record({
      events: fc.constant(events),
      arrival: fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
    }),
  );
  /** Applies events as events of a new case. @returns the row of the new case, with the subject of the events */
  const apply = async (events: readonly VerificationEvent[]) => {
    const subject = `idnow:a-copy:${randomUUID()}`;
    for (const event of events) await tables.keepNewest({ ...event, subject });
    return { ...(await tables.readCase(subject)), verificationId: events[0]?.subject };
  };

  /** The row of each case after its newest event alone. The runs choose the same cases again and again. */
  const newestRows = new Map<readonly VerificationEvent[], ReturnType<typeof apply>>();
  const newestRowOf = (events: readonly VerificationEvent[]) => {
    const row = newestRows.get(events) ?? apply(events.slice(-1));
    newestRows.set(events, row);
    return row;
  };

  await fc.assert(
    fc.asyncProperty(arrivals, async ({ events, arrival }) => {
      expect(await apply(arrival)).toEqual(await newestRowOf(events));
    }),
    { numRuns: 40 },
  );
});

test('only IDnow publishes idv.verification.ended.v1', () => {
  const ended = cases.flat().filter(({ type }) => type === 'idv.verification.ended.v1');
  expect(new Set(ended.map(({ data }) => data.provider))).toEqual(new Set(['idnow']));
});
