import { readFile } from 'node:fs/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalSystem, startLocalSystem } from '../../local/start-system.ts';
import type { VerificationEvent } from '../../shared/contract/verification-event.ts';
import { consumer, type EventConsumer } from '../support/event-consumer.ts';
import { playCompletely, simulationOf } from '../support/play-scenarios.ts';
import { providerNames } from '../support/provider-names.ts';
import { rareCases } from '../support/rare-scenarios.ts';

/** The members of an event that the column "content" of the table lists. */
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
let events: EventConsumer;
let cases: VerificationEvent[][];

beforeAll(async () => {
  system = await startLocalSystem({
    port: 0,
    config: {},
    copiesBundles: false,
    mostInstances: 1,
    variablesOf: () => ({ PAUSE_FACTOR: '0.05' }),
  });
  const { region, credentials, endpoints, outputs } = system.stack;
  sqs = new SQSClient({ region, credentials, endpoint: endpoints.sqs });
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
  sqs?.destroy();
});

/** The rows of the table in `docs/events/README.md`: the members that the content lists, by provider and event type. */
async function documented(): Promise<Record<string, string[]>> {
  const text = await readFile(new URL('../../docs/events/README.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\| (IDnow|ID360|Datakeen) \| `(idv\.[a-z.]+\.v1)` \| ([^|]*) \|/gm)];
  return Object.fromEntries(
    rows.map(([, provider = '', type = '', content = '']) => {
      const listed = [...content.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
      return [`${provider.toLowerCase()} ${type}`, listed.toSorted()];
    }),
  );
}

/** The members that are not empty in at least one played event, by provider and event type. */
function observed(): Record<string, string[]> {
  const rows: Record<string, Set<string>> = {};
  for (const { type, data } of cases.flat()) {
    const row = `${data.provider} ${type}`;
    rows[row] ??= new Set();
    for (const name of members) if (Object.keys(data[name] ?? {}).length > 0) rows[row].add(name);
  }
  return Object.fromEntries(Object.entries(rows).map(([row, names]) => [row, [...names].toSorted()]));
}

test('the table of providers and event types lists exactly the content that played cases have', async () => {
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

test('only IDnow publishes idv.verification.ended.v1', () => {
  const ended = cases.flat().filter(({ type }) => type === 'idv.verification.ended.v1');
  expect(new Set(ended.map(({ data }) => data.provider))).toEqual(new Set(['idnow']));
});
