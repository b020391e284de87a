import { describe, expect, test } from 'vitest';
import { buildEventMessage, parseEvent } from '../../shared/relay/event-message.ts';
import { deliveryOf, eventOf, jobOf, recordOf, relayUnderTest } from './relay-fixture.ts';

const allBytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);

test('the relay sends the event, the jobs and the ledger row of each write', async () => {
  // Prepare
  const { relay, ...recorded } = relayUnderTest();
  const records = [
    recordOf('a', 1, { delivery: deliveryOf('d1', allBytes) }),
    recordOf('a', 2, { delivery: deliveryOf('d2', allBytes), jobs: [jobOf('a', 2)] }),
    // The end of a job made this write, so the write carries no delivery.
    recordOf('a', 3, { delivery: null }),
  ];

  // Act
  const failed = await relay(records);

  // Assess
  expect(failed).toEqual([]);
  expect(recorded.sent).toEqual(['a#1', 'a#2', 'a#3']);
  expect(recorded.jobs).toEqual(['a#2']);
  expect(recorded.rows.map(({ delivery, entry }) => [delivery.deliveryId, entry])).toEqual([
    ['d1', { decision: 'accepted', reason: null, verificationId: 'idnow:a', sequence: 1 }],
    ['d2', { decision: 'accepted', reason: null, verificationId: 'idnow:a', sequence: 2 }],
  ]);
});

test('a raw body arrives in the ledger byte for byte, although the stream encodes it in base64', async () => {
  // Prepare
  const { relay, rows } = relayUnderTest();

  // Act
  await relay([recordOf('a', 1, { delivery: deliveryOf('d1', allBytes) })]);

  // Assess
  const body = rows[0]?.delivery.body;
  expect(body?.kind === 'inline' && Uint8Array.from(body.gzip)).toEqual(allBytes);
});

test('the relay sends several events of one write in their order', async () => {
  // Prepare
  const { relay, sent } = relayUnderTest();
  const events = [eventOf('a', 1), eventOf('a', 2)].map((event) => JSON.stringify(event));

  // Act
  const failed = await relay([recordOf('a', 2, { events }), recordOf('a', 3)]);

  // Assess
  expect(failed).toEqual([]);
  expect(sent).toEqual(['a#1', 'a#2', 'a#3']);
});

test('after a temporary failure of an event, the relay reports this event and the later events of its verification', async () => {
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

test('the relay sends no job and writes no ledger row for an event that was not sent', async () => {
  // Prepare
  const { relay, ...recorded } = relayUnderTest({ event: 'a#1' });

  // Act
  const failed = await relay([
    recordOf('a', 1, { jobs: [jobOf('a', 1)], delivery: deliveryOf('d1', allBytes) }),
  ]);

  // Assess
  expect(failed).toEqual(['a1']);
  expect(recorded.jobs).toEqual([]);
  expect(recorded.rows).toEqual([]);
});

test.each([
  { title: 'a job that is not sent', fail: { jobOf: 'a' } },
  { title: 'a ledger row that is not written', fail: { deliveryId: 'a' } },
])(
  'the relay reports a write that it sent incompletely, so that Lambda delivers the write again: $title',
  async ({ fail }) => {
    // Prepare
    const { relay, sent } = relayUnderTest(fail);
    const write = (id: string) =>
      recordOf(id, 1, { jobs: [jobOf(id, 1)], delivery: deliveryOf(id, allBytes) });

    // Act
    const failed = await relay([write('a'), write('b')]);

    // Assess
    expect(failed).toEqual(['a1']);
    expect(sent).toEqual(['a#1', 'b#1']);
  },
);

test.each([
  { title: 'a job', refuse: { jobOf: 'idnow:c:a' }, key: 'job-1' },
  { title: 'a ledger row', refuse: { deliveryId: 'idnow:c:a' }, key: 'record' },
])(
  'the relay parks a part of a write that is permanently refused, and finishes the write: $title',
  async ({ refuse, key }) => {
    // Prepare
    const { relay, sent, parked } = relayUnderTest({}, refuse);
    const write = (id: string) =>
      recordOf(id, 1, { jobs: [jobOf(id, 1)], delivery: deliveryOf(id, allBytes) });

    // Act
    const failed = await relay([write('idnow:c:a'), write('idnow:c:b')]);

    // Assess
    expect(failed).toEqual([]);
    expect(sent).toEqual(['idnow:c:a#1', 'idnow:c:b#1']);
    expect([...parked.keys()]).toEqual([`parked/idnow/idnow!c!a/idnow:c:a1-${key}.json`]);
  },
);

describe('an event that SQS refuses permanently', () => {
  const id = 'idnow:c:a';
  const records = [
    recordOf(id, 1),
    recordOf(id, 2, { jobs: [jobOf(id, 2)], delivery: deliveryOf('d2', allBytes) }),
    recordOf('idnow:c:b', 1),
    recordOf(id, 3),
  ];

  test('a refused event delays neither its own verification nor other verifications', async () => {
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

  test('a refused event is parked as the input of SendMessage, with the reason', async () => {
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
            ...buildEventMessage(parseEvent(JSON.stringify(eventOf(id, 2)))),
          },
        },
      ],
    ]);
  });

  test('a refused event is counted once, even if Lambda delivers the batch twice', async () => {
    // Prepare
    const { relay, telemetry } = relayUnderTest({}, { event: `${id}#2` });

    // Act
    await relay(records);
    await relay(records);

    // Assess
    expect(telemetry.counts.MessagesParked).toBe(1);
    const fields = { key: 'parked/idnow/idnow!c!a/idnow:c:a2-event-1.json' };
    expect(telemetry.lines).toEqual([
      ['error', 'a message or record can never be sent and is parked; see the runbook', fields],
      ['warn', 'a message or record that is already parked cannot be sent this time either', fields],
    ]);
  });

  test('a refused event that cannot be parked stops only its own verification', async () => {
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
const withoutTime = { ...deliveryOf('d', allBytes), receivedAt: 'yesterday' };
const brokenRecords = [
  { title: 'without an image', record: { ...broken, dynamodb: withoutImage(broken) } },
  { title: 'with an incomplete item', record: { ...broken, dynamodb: withoutItem } },
  { title: 'with an incomplete event', record: recordOf(id, 2, { events: [`{"id":"${id}#2"}`] }) },
  { title: 'with an event that is not JSON', record: recordOf(id, 2, { events: ['{'] }) },
  { title: 'with a delivery without a time', record: recordOf(id, 2, { delivery: withoutTime }) },
];

describe.each(brokenRecords)('a stream record $title', ({ record }) => {
  const key = 'parked/idnow/idnow!c!a/idnow:c:a2-record.json';

  test('an unreadable stream record is parked unchanged and delays no other record', async () => {
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

  test('the relay reports an unreadable stream record that it cannot park, so that Lambda delivers it again', async () => {
    // Prepare
    const { relay, parked } = relayUnderTest({ parking: true });

    // Act
    const failed = await relay([record]);

    // Assess
    expect(failed).toEqual([`${id}2`]);
    expect(parked.size).toBe(0);
  });
});

test('a stream record without a key is parked under its sequence number', async () => {
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
