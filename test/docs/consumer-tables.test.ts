import { randomUUID } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApplyEvent } from '../../docs/events/examples/apply-event.ts';
import type { VerificationEvent } from '../../shared/contract/verification-event.ts';
import { type ConsumerTables, createConsumerTables } from '../support/consumer-tables.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../support/dynamodb.ts';
import { makeEvent } from '../support/make-event.ts';

/** The consumers began to read events in between the generations `old` and `first`. */
const generations = {
  old: '20251122T100000Z',
  first: '20261122T100000Z',
  second: '20271122T100000Z',
} as const;
const since = '20260101T000000Z';

let dynamoDb: DynamoDbUnderTest;
let s3: S3Client;
let tables: ConsumerTables;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  s3 = new S3Client({ region: 'eu-west-1' });
  tables = await createConsumerTables(dynamoDb.client, s3, since);
});
afterAll(async () => {
  s3?.destroy();
  await dynamoDb?.stop();
});

const newCase = () => `idnow:democompany:${randomUUID()}`;

/** Makes an event from a name such as `first.2`: its generation and its sequence. */
function eventOf(subject: string, name: string): VerificationEvent {
  const [generation = '', sequence = '', isErasure] = name.split(/[. ]/);
  if (!(generation === 'old' || generation === 'first' || generation === 'second')) throw new Error(name);
  if (isErasure) {
    const erased = makeEvent(subject, Number(sequence), { generation: generations[generation] });
    return { ...erased, id: `${subject}#${generation}.${sequence}`, type: 'idv.verification.erased.v1' };
  }
  return makeEvent(subject, Number(sequence), {
    generation: generations[generation],
    ...(sequence === '3'
      ? { outcome: 'approved', finality: 'final', claims: { family_name: name } }
      : { outcome: 'declined', finality: 'final', extracted: { family_name: name } }),
  });
}

async function applyAll(apply: ApplyEvent, events: readonly VerificationEvent[]): Promise<string[]> {
  const results: string[] = [];
  for (const event of events) results.push(await apply(event).catch(({ message }: Error) => message));
  return results.map((result) => result.replace(/^.*missing$/, 'gap'));
}

const [A, S, G] = ['applied', 'skipped', 'gap'];

describe.each([
  {
    title: 'events in order',
    arriving: ['first.1', 'first.2', 'first.3'],
    newest: [A, A, A],
    change: [A, A, A],
  },
  {
    title: 'an event that SQS delivers twice',
    arriving: ['first.1', 'first.2', 'first.2', 'first.1'],
    newest: [A, A, S, S],
    change: [A, A, S, S],
  },
  {
    title: 'a gap, and the missing event later',
    arriving: ['first.1', 'first.3', 'first.2', 'first.3'],
    newest: [A, A, S, S],
    change: [A, G, A, A],
  },
  {
    title: 'a case that is older than the consumer',
    arriving: ['old.7', 'old.8'],
    newest: [A, A],
    change: [A, A],
  },
  {
    title: 'a new case whose first event is missing',
    arriving: ['first.2', 'first.1', 'first.2'],
    newest: [A, S, S],
    change: [G, A, A],
  },
  {
    title: 'a new generation of the case',
    arriving: ['first.1', 'first.2', 'second.1', 'second.2'],
    newest: [A, A, A, A],
    change: [A, A, A, A],
  },
  {
    title: 'a new generation whose first event is missing',
    arriving: ['first.1', 'second.2'],
    newest: [A, A],
    change: [A, G],
  },
  {
    title: 'an erasure whose earlier events were deleted from the queue',
    arriving: ['first.1', 'first.4 erased', 'first.2'],
    newest: [A, A, S],
    change: [A, A, S],
  },
  {
    title: 'an erasure as the only event of its case',
    arriving: ['first.4 erased', 'first.4 erased', 'first.3'],
    newest: [A, S, S],
    change: [A, S, S],
  },
  {
    title: 'the erasure of a later generation, and a case that begins again after it',
    arriving: ['first.3', 'first.4', 'second.5 erased', 'second.5 erased'],
    newest: [A, A, A, S],
    change: [G, G, A, S],
  },
  {
    title: 'an event of an earlier generation after an event of a later generation',
    arriving: ['second.1', 'first.5'],
    newest: [A, S],
    change: [A, S],
  },
])('$title', ({ arriving, newest, change }) => {
  test('the consumer that keeps the newest event applies each newer event, and no gap stops it', async () => {
    // Prepare
    const subject = newCase();

    // Act
    const results = await applyAll(
      tables.keepNewest,
      arriving.map((name) => eventOf(subject, name)),
    );

    // Assess
    expect(results).toEqual(newest);
  });

  test('the consumer that acts on each change applies each event once, and rejects an event after a gap', async () => {
    // Prepare
    const subject = newCase();

    // Act
    const results = await applyAll(
      tables.actOnChange,
      arriving.map((name) => eventOf(subject, name)),
    );

    // Assess
    expect(results).toEqual(change);
    const applied = arriving.filter((_, index) => change[index] === A);
    expect(await tables.readTasks(subject)).toEqual(
      applied.map((name) => eventOf(subject, name).id.replace(/^.*#/, '')),
    );
  });
});

test('after an erasure, the row of the newest event has no personal data', async () => {
  // Prepare
  const subject = newCase();

  // Act
  await applyAll(
    tables.keepNewest,
    ['first.3', 'first.4 erased'].map((name) => eventOf(subject, name)),
  );

  // Assess
  expect(await tables.readCase(subject)).toMatchObject({ sequence: 4, claims: {}, reference: null });
  expect(JSON.stringify(await tables.readCase(subject))).not.toContain('first.3');
});

test('in any order and delivered twice, the newest event of a case leaves the same row as in order', async () => {
  const names = ['first.1', 'first.2', 'first.3', 'first.4', 'second.1', 'second.2', 'second.3'];
  const inOrder = fc.subarray(names, { minLength: 1 });
  const arriving = inOrder.chain((some) =>
    fc.record({
      some: fc.constant(some),
      arrival: fc.shuffledSubarray([...some, ...some], { minLength: some.length * 2 }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(arriving, async ({ some, arrival }) => {
      const [one, other] = [newCase(), newCase()];
      await applyAll(
        tables.keepNewest,
        some.map((name) => eventOf(one, name)),
      );
      await applyAll(
        tables.keepNewest,
        arrival.map((name) => eventOf(other, name)),
      );

      const [expected, actual] = [await tables.readCase(one), await tables.readCase(other)];
      expect({ ...actual, verificationId: one }).toEqual(expected);
      expect(actual?.claims).toEqual(eventOf(other, some.at(-1) ?? '').data.claims);
    }),
    { numRuns: 25 },
  );
});
