import { expect, test } from 'vitest';
import { deliveryOf, eventOf, jobOf, recordOf, relayUnderTest } from './relay-fixture.ts';

const allBytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);

test('sends the event, the jobs and the ledger row of each write', async () => {
  // Prepare
  const { relay, ...seen } = relayUnderTest();
  const records = [
    recordOf('a', 1, { delivery: deliveryOf('d1', allBytes) }),
    recordOf('a', 2, { delivery: deliveryOf('d2', allBytes), jobs: [jobOf('a', 2)] }),
    // The write of an archive: it was not delivered by anybody.
    recordOf('a', 3, { delivery: null }),
  ];

  // Act
  const failed = await relay(records);

  // Assess
  expect(failed).toEqual([]);
  expect(seen.sent).toEqual(['a#1', 'a#2', 'a#3']);
  expect(seen.jobs).toEqual(['a#2']);
  expect(seen.rows.map(({ delivery, verdict }) => [delivery.deliveryId, verdict])).toEqual([
    ['d1', { decision: 'accepted', reason: null, verificationId: 'idnow:a', sequence: 1 }],
    ['d2', { decision: 'accepted', reason: null, verificationId: 'idnow:a', sequence: 2 }],
  ]);
});

test('brings a raw body through the base64 of the stream byte for byte', async () => {
  // Prepare
  const { relay, rows } = relayUnderTest();

  // Act
  await relay([recordOf('a', 1, { delivery: deliveryOf('d1', allBytes) })]);

  // Assess
  const body = rows[0]?.delivery.body;
  expect(body?.kind === 'inline' && Uint8Array.from(body.gzip)).toEqual(allBytes);
});

test('sends several events of one write in their order', async () => {
  // Prepare
  const { relay, sent } = relayUnderTest();
  const events = [eventOf('a', 1), eventOf('a', 2)].map((event) => JSON.stringify(event));

  // Act
  const failed = await relay([recordOf('a', 2, { events }), recordOf('a', 3)]);

  // Assess
  expect(failed).toEqual([]);
  expect(sent).toEqual(['a#1', 'a#2', 'a#3']);
});

test('reports what SQS refuses and all after it of that verification, and nothing else', async () => {
  // Prepare
  const { relay, sent } = relayUnderTest({ event: 'a#2' });

  // Act
  const failed = await relay([
    recordOf('a', 1),
    recordOf('b', 1),
    recordOf('a', 2),
    recordOf('b', 2),
    recordOf('a', 3),
  ]);

  // Assess
  expect(failed).toEqual(['a2', 'a3']);
  expect(sent).toEqual(['a#1', 'b#1', 'b#2']);
});

test('sends no job and writes no ledger row of an event that was not sent', async () => {
  // Prepare
  const { relay, ...seen } = relayUnderTest({ event: 'a#1' });

  // Act
  const failed = await relay([
    recordOf('a', 1, { jobs: [jobOf('a', 1)], delivery: deliveryOf('d1', allBytes) }),
  ]);

  // Assess
  expect(failed).toEqual(['a1']);
  expect(seen.jobs).toEqual([]);
  expect(seen.rows).toEqual([]);
});

test.each([
  { what: 'a job is not sent', refuse: { jobOf: 'a' } },
  { what: 'a ledger row is not written', refuse: { deliveryId: 'a' } },
])('reports a write of which $what', async ({ refuse }) => {
  // Prepare
  const { relay, sent } = relayUnderTest(refuse);
  const write = (id: string) => recordOf(id, 1, { jobs: [jobOf(id, 1)], delivery: deliveryOf(id, allBytes) });

  // Act
  const failed = await relay([write('a'), write('b')]);

  // Assess
  expect(failed).toEqual(['a1']);
  expect(sent).toEqual(['a#1', 'b#1']);
});

const broken = recordOf('a', 2);
test.each([
  { what: 'without an image', record: { ...broken, dynamodb: { ...broken.dynamodb, NewImage: undefined } } },
  {
    what: 'that is no item of ours',
    record: { ...broken, dynamodb: { ...broken.dynamodb, NewImage: { verificationId: { S: 'a' } } } },
  },
  { what: 'with an event that is none', record: recordOf('a', 2, { events: ['{"id":"a#2"}'] }) },
  { what: 'with an event that is not JSON', record: recordOf('a', 2, { events: ['{'] }) },
])('a record $what stops its verification, the others go on', async ({ record }) => {
  // Prepare
  const { relay, ...seen } = relayUnderTest();

  // Act
  const failed = await relay([recordOf('a', 1), record as typeof broken, recordOf('b', 1), recordOf('a', 3)]);

  // Assess
  expect(failed.toSorted()).toEqual(['a2', 'a3']);
  expect(seen.sent.toSorted()).toEqual(['a#1', 'b#1']);
  expect(seen.problems).toEqual(['stream record cannot be read']);
});
