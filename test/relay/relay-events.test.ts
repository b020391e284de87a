import { describe, expect, test } from 'vitest';
import { eventMessage } from '../../shared/relay/event-message.ts';
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
  expect(seen.rows.map(({ delivery, entry }) => [delivery.deliveryId, entry])).toEqual([
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

test('reports an event that fails in passing and all after it of that verification, and nothing else', async () => {
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
  { what: 'a job is not sent', fail: { jobOf: 'a' } },
  { what: 'a ledger row is not written', fail: { deliveryId: 'a' } },
])('reports a write of which $what', async ({ fail }) => {
  // Prepare
  const { relay, sent } = relayUnderTest(fail);
  const write = (id: string) => recordOf(id, 1, { jobs: [jobOf(id, 1)], delivery: deliveryOf(id, allBytes) });

  // Act
  const failed = await relay([write('a'), write('b')]);

  // Assess
  expect(failed).toEqual(['a1']);
  expect(sent).toEqual(['a#1', 'b#1']);
});

test.each([
  { what: 'a job', refuse: { jobOf: 'idnow:c:a' }, key: 'job-1' },
  { what: 'a ledger row', refuse: { deliveryId: 'idnow:c:a' }, key: 'record' },
])('$what that is refused for good is parked, and its write is done', async ({ refuse, key }) => {
  // Prepare
  const { relay, sent, parked } = relayUnderTest({}, refuse);
  const write = (id: string) => recordOf(id, 1, { jobs: [jobOf(id, 1)], delivery: deliveryOf(id, allBytes) });

  // Act
  const failed = await relay([write('idnow:c:a'), write('idnow:c:b')]);

  // Assess
  expect(failed).toEqual([]);
  expect(sent).toEqual(['idnow:c:a#1', 'idnow:c:b#1']);
  expect([...parked.keys()]).toEqual([`parked/idnow/idnow!c!a/idnow:c:a1-${key}.json`]);
});

describe('an event that is refused for good', () => {
  const id = 'idnow:c:a';
  const records = [
    recordOf(id, 1),
    recordOf(id, 2, { jobs: [jobOf(id, 2)], delivery: deliveryOf('d2', allBytes) }),
    recordOf('idnow:c:b', 1),
    recordOf(id, 3),
  ];

  test('holds up neither the rest of its write, nor its verification, nor others', async () => {
    // Prepare
    const { relay, sent, jobs, rows } = relayUnderTest({}, { event: `${id}#2` });

    // Act
    const failed = await relay(records);

    // Assess
    expect(failed).toEqual([]);
    expect(sent.toSorted()).toEqual([`${id}#1`, `${id}#3`, 'idnow:c:b#1']);
    expect(jobs).toEqual([`${id}#2`]);
    expect(rows.map(({ delivery }) => delivery.deliveryId)).toEqual(['d2']);
  });

  test('is parked as the input of SendMessage, with the reason', async () => {
    // Prepare
    const { relay, parked } = relayUnderTest({}, { event: `${id}#2` });

    // Act
    await relay(records);

    // Assess
    expect([...parked]).toEqual([
      [
        'parked/idnow/idnow!c!a/idnow:c:a2-event-1.json',
        {
          reason: 'Broken: it is broken',
          parkedAt: '2026-11-22T10:15:30.000Z',
          message: {
            QueueUrl: 'https://sqs.example/events',
            ...eventMessage(JSON.stringify(eventOf(id, 2))),
          },
        },
      ],
    ]);
  });

  test('is counted once, and logged with ids only, however often Lambda delivers the batch', async () => {
    // Prepare
    const { relay, telemetry } = relayUnderTest({}, { event: `${id}#2` });

    // Act
    await relay(records);
    await relay(records);

    // Assess
    expect(telemetry.counts.MessagesParked).toBe(1);
    const fields = { key: 'parked/idnow/idnow!c!a/idnow:c:a2-event-1.json' };
    expect(telemetry.lines).toEqual([
      ['error', 'parked what can never be sent; see the runbook', fields],
      ['warn', 'cannot be sent this time either; it is parked already', fields],
    ]);
  });

  test('stops its verification while it cannot be parked, and nothing is lost', async () => {
    // Prepare
    const { relay, sent, jobs } = relayUnderTest({ parking: true }, { event: `${id}#2` });

    // Act
    const failed = await relay(records);

    // Assess
    expect(failed).toEqual([`${id}2`, `${id}3`]);
    expect(sent).toEqual([`${id}#1`, 'idnow:c:b#1']);
    expect(jobs).toEqual([]);
  });
});

const id = 'idnow:c:a';
const broken = recordOf(id, 2);
const withoutItem = { ...broken.dynamodb, NewImage: { verificationId: { S: id } } };
const undated = { ...deliveryOf('d', allBytes), receivedAt: 'yesterday' };
const brokenRecords = [
  { what: 'without an image', record: { ...broken, dynamodb: withoutImage(broken) } },
  { what: 'that is no item of ours', record: { ...broken, dynamodb: withoutItem } },
  { what: 'with an event that is none', record: recordOf(id, 2, { events: [`{"id":"${id}#2"}`] }) },
  { what: 'with an event that is not JSON', record: recordOf(id, 2, { events: ['{'] }) },
  { what: 'with a delivery of no time', record: recordOf(id, 2, { delivery: undated }) },
];

describe.each(brokenRecords)('a record $what', ({ record }) => {
  const key = 'parked/idnow/idnow!c!a/idnow:c:a2-record.json';

  test('is parked whole, and neither its verification nor its shard waits for it', async () => {
    // Prepare
    const { relay, sent, parked, telemetry } = relayUnderTest();

    // Act
    const failed = await relay([recordOf(id, 1), record, recordOf('idnow:c:b', 1), recordOf(id, 3)]);

    // Assess
    expect(failed).toEqual([]);
    expect(sent.toSorted()).toEqual([`${id}#1`, `${id}#3`, 'idnow:c:b#1']);
    expect([...parked.keys()]).toEqual([key]);
    expect(parked.get(key)).toEqual({
      reason: expect.stringMatching(/^StreamRecordError: /),
      parkedAt: '2026-11-22T10:15:30.000Z',
      record: JSON.parse(JSON.stringify(record)),
    });
    expect(telemetry.counts).toMatchObject({ MessagesParked: 1, WritesRelayed: 3, WritesNotRelayed: 0 });
  });

  test('is delivered again while it cannot be parked', async () => {
    // Prepare
    const { relay, parked } = relayUnderTest({ parking: true });

    // Act
    const failed = await relay([record]);

    // Assess
    expect(failed).toEqual([`${id}2`]);
    expect(parked.size).toBe(0);
  });
});

test('a record without a key is parked under its number', async () => {
  // Prepare
  const { relay, parked } = relayUnderTest();
  const { Keys: _, ...keyless } = withoutItem;

  // Act
  const failed = await relay([{ ...broken, dynamodb: keyless }]);

  // Assess
  expect(failed).toEqual([]);
  expect([...parked.keys()]).toEqual(['parked/unreadable/idnow:c:a2.json']);
});

function withoutImage({ dynamodb }: typeof broken) {
  const { NewImage: _, ...rest } = dynamodb ?? {};
  return rest;
}
