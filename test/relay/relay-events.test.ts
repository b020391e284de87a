import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { eventSchemaId, VerificationEvent } from '../../shared/contract/verification-event.ts';
import { buildEventMessage } from '../../shared/relay/event-message.ts';
import { noFindings } from '../../shared/verifications/findings-after.ts';
import type { PublishedWrite } from '../../shared/verifications/history-row.ts';
import type { Outbox } from '../../shared/verifications/outbox.ts';
import { restoreRawBody } from '../../shared/verifications/raw-body.ts';
import { encodeRowContent } from '../../shared/verifications/row-content.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import {
  deliveryOf,
  eventOf,
  eventOfWrite,
  jobOf,
  recordOf,
  relayUnderTest,
  verificationOf,
  withContent,
} from './relay-fixture.ts';

const allBytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);

const byVersion = (a: PublishedWrite, b: PublishedWrite) => a.version.localeCompare(b.version);

/** The state, the findings and the evidence of an approved verification `idnow:c:a`. */
const richContent = {
  phase: 'completed',
  outcome: 'approved',
  finality: 'final',
  flags: ['data_changed'],
  reasonsOmitted: 7,
  providerStatus: 'SUCCESS_DATA_CHANGED',
  findings: {
    ...noFindings,
    inline: {
      ...noFindings.inline,
      claims: { family_name: 'MUSTERMANN' },
      submitted: { family_name: 'MUSTERMAN' },
      documents: [{ type: 'idcard' }],
      provider_data: { agent: 'X1' },
    },
  },
  evidence: {
    status: 'pending',
    requestedBy: 3,
    bucket: 'b',
    manifest: 'evidence/idnow/idnow!c!a/20261122T100000Z/000002/manifest.json',
    manifestSha256: 'a hash',
    artifacts: [],
    missing: [],
    reason: null,
  },
} satisfies Partial<Verification>;

test('the relay sends the event and the jobs of each write, and records the write in the history', async () => {
  // Prepare
  const { relay, ...recorded } = relayUnderTest();
  const records = [
    recordOf('a', 1, { delivery: deliveryOf('d1', allBytes) }),
    recordOf('a', 2, { delivery: deliveryOf('d2', allBytes), jobs: [jobOf('a', 2), jobOf('a', 1)] }),
    // The end of a job made this write, so the write carries no delivery.
    recordOf('a', 3, { event: { ...eventOfWrite, type: 'idv.evidence.archived.v1' } }),
  ];

  // Act
  const failed = await relay(records);

  // Assess
  expect(failed).toEqual([]);
  expect(recorded.sent).toEqual(['a#1', 'a#2', 'a#3']);
  expect(recorded.jobs).toEqual(['a#2', 'a#1']);
  expect(recorded.rows.toSorted(byVersion)).toEqual([
    {
      verificationId: 'idnow:a',
      version: 'write-1',
      event: eventOf('a', 1),
      delivery: deliveryOf('d1', allBytes),
    },
    {
      verificationId: 'idnow:a',
      version: 'write-2',
      event: eventOf('a', 2),
      delivery: deliveryOf('d2', allBytes),
    },
    {
      verificationId: 'idnow:a',
      version: 'write-3',
      event: { ...eventOf('a', 3), type: 'idv.evidence.archived.v1' },
      delivery: null,
    },
  ]);
});

test('the history has each event exactly as it is on the queue', async () => {
  // Prepare
  const { relay, messages, rows } = relayUnderTest();

  // Act
  await relay([recordOf('a', 1, {}, richContent)]);

  // Assess
  expect(rows.map(({ event }) => event)).toEqual(messages.map(({ MessageBody: body }) => JSON.parse(body)));
});

test('a write without an event and without a delivery gets no row in the history, but its jobs are sent', async () => {
  // Prepare: a repeated hint makes such a write, because it requests a comparison.
  const { relay, ...recorded } = relayUnderTest();

  // Act
  const failed = await relay([recordOf('a', 1, { event: null, jobs: [jobOf('a', 1)] })]);

  // Assess
  expect([failed, recorded.sent, recorded.rows]).toEqual([[], [], []]);
  expect(recorded.jobs).toEqual(['a#1']);
});

test('a raw body arrives in the history byte for byte, although the row and the stream encode it', async () => {
  // Prepare
  const { relay, rows } = relayUnderTest();

  // Act
  await relay([recordOf('a', 1, { delivery: deliveryOf('d1', allBytes) })]);

  // Assess
  const body = rows[0]?.delivery?.body;
  expect(body && body.kind !== 'object' && Uint8Array.from(restoreRawBody(body))).toEqual(allBytes);
});

describe('the event that the relay builds from an item', () => {
  test('the event contains the state, the findings and the evidence of the item, and the rest from its outbox', async () => {
    // Prepare
    const { relay, messages } = relayUnderTest();
    const event = {
      type: 'idv.verification.revised.v1',
      occurredAt: '2026-11-22T10:14:58Z',
      supersedes: 'idnow:c:a#20261122T100000Z.2',
      changed: ['outcome', 'claims', 'evidence'],
    } as const;

    // Act
    await relay([
      recordOf('idnow:c:a', 3, { event: { ...event, changed: [...event.changed] } }, richContent),
    ]);

    // Assess
    expect(messages.map(({ MessageBody: body }) => JSON.parse(body))).toEqual([
      {
        specversion: '1.0',
        id: 'idnow:c:a#20261122T100000Z.3',
        source: '/providers/idnow/democompany',
        type: 'idv.verification.revised.v1',
        subject: 'idnow:c:a',
        time: '2026-11-22T10:14:58Z',
        sequence: '3',
        sequencetype: 'Integer',
        datacontenttype: 'application/json',
        dataschema: eventSchemaId,
        data: {
          provider: 'idnow',
          verificationId: 'idnow:c:a',
          reference: 'txn',
          generation: '20261122T100000Z',
          sequence: 3,
          attempt: 1,
          phase: 'completed',
          outcome: 'approved',
          finality: 'final',
          flags: ['data_changed'],
          reasons: [],
          reasonsOmitted: 7,
          providerStatus: 'SUCCESS_DATA_CHANGED',
          occurredAt: '2026-11-22T10:14:58Z',
          receivedAt: '2026-11-22T10:15:00Z',
          claims: { family_name: 'MUSTERMANN' },
          extracted: {},
          submitted: { family_name: 'MUSTERMAN' },
          documents: [{ type: 'idcard' }],
          checks: [],
          provider_data: { agent: 'X1' },
          evidence: richContent.evidence,
          supersedes: 'idnow:c:a#20261122T100000Z.2',
          changed: ['outcome', 'claims', 'evidence'],
        },
      },
    ]);
  });

  test('an id in the content of an item counts for nothing: the event names the verification in the key', async () => {
    // Prepare
    const { relay, messages, parked } = relayUnderTest();
    const { verificationId: _, ...verification } = verificationOf('idnow:c:a', 1);
    const forged = { verificationId: 'id360:4711', id: 'id360:4711#1', subject: 'id360:4711' };
    const outbox = { event: { ...eventOfWrite, ...forged }, jobs: [], delivery: null };
    const content = { ...forged, verification: { ...verification, ...forged }, outbox };

    // Act
    const failed = await relay([withContent(recordOf('idnow:c:a', 1), encodeRowContent([content]))]);

    // Assess
    expect([failed, [...parked]]).toEqual([[], []]);
    expect(messages.map(({ MessageBody: body }) => JSON.parse(body))).toEqual([eventOf('idnow:c:a', 1)]);
  });
});

describe('an item with content about another verification', () => {
  const id = 'idnow:c:a';
  const victim = 'id360:4711';
  const victimsFolder = 'id360/id360!4711/20261122T100000Z';
  const jobs = [jobOf(id, 2)];
  const delivery = deliveryOf('d', allBytes);
  const body = { kind: 'object', bucket: 'b', key: 'deliveries/id360/id360!4711/d.gz' } as const;
  const object = { bucket: 'b', folder: `findings/${victimsFolder}/w`, isVerified: true };
  const manifest = `evidence/${victimsFolder}/000001/manifest.json`;
  const forgeries: { title: string; outbox?: Partial<Outbox>; changes?: Partial<Verification> }[] = [
    { title: 'provider', changes: { provider: 'id360' } },
    { title: 'source', changes: { source: '/providers/id360' } },
    { title: 'evidence', changes: { evidence: { ...richContent.evidence, manifest } } },
    { title: 'findings', changes: { findings: { ...noFindings, object } } },
    { title: 'job', outbox: { jobs: [{ ...jobOf(id, 2), provider: 'id360', verificationId: victim }] } },
    { title: 'body of the delivery', outbox: { delivery: { ...delivery, body } } },
    {
      title: 'superseded event',
      outbox: { event: { ...eventOfWrite, supersedes: `${victim}#20261122T100000Z.1` } },
    },
  ];

  test.each(forgeries)(
    'an item with content about another verification publishes nothing, and is parked: $title',
    async ({ outbox = {}, changes = {} }) => {
      // Prepare
      const { relay, ...recorded } = relayUnderTest();
      const record = recordOf(id, 2, { jobs, delivery, ...outbox }, changes);

      // Act
      const failed = await relay([recordOf(id, 1), record, recordOf(id, 3)]);

      // Assess
      expect(failed).toEqual([]);
      expect(recorded.sent).toEqual([`${id}#1`, `${id}#3`]);
      expect(recorded.jobs).toEqual([]);
      expect(recorded.rows.map(({ version }) => version).toSorted()).toEqual(['write-1', 'write-3']);
      expect([...recorded.parked]).toEqual([
        [
          'parked/idnow/idnow!c!a/idnow:c:a2-record.json',
          expect.objectContaining({
            reason: expect.stringMatching(/^StreamRecordError: .* is refused: /),
            record,
          }),
        ],
      ]);
    },
  );
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

test('the relay sends no job and writes no history row for an event that was not sent', async () => {
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
  { title: 'a row of the history that is not written', fail: { rowOf: 'a' } },
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
  { title: 'a row of the history', refuse: { rowOf: 'idnow:c:a' }, key: 'record' },
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
    // The history also has the parked event, so people find the event there.
    expect(rows.map(({ event }) => event?.id).toSorted()).toEqual([
      ...[1, 2, 3].map((sequence) => eventOf(id, sequence).id),
      eventOf('idnow:c:b', 1).id,
    ]);
    expect(rows.flatMap(({ delivery }) => delivery?.deliveryId ?? [])).toEqual(['d2']);
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
            ...buildEventMessage(VerificationEvent.parse(eventOf(id, 2))),
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
    expect(telemetry.countsOfProviders).toEqual({ 'idnow MessagesParked': 1 });
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
const { ordering } = verificationOf(id, 2);
const brokenRecords = [
  { title: 'without an image', record: { ...broken, dynamodb: withoutImage(broken) } },
  { title: 'with an incomplete item', record: { ...broken, dynamodb: withoutItem } },
  { title: 'with content that is not compressed', record: withContent(broken, Buffer.from('{}')) },
  { title: 'with content that is not JSON', record: withContent(broken, gzipSync('{')) },
  { title: 'with incomplete content', record: withContent(broken, gzipSync('{"verification":{}}')) },
  {
    title: 'with content that is too large when decompressed',
    record: withContent(broken, gzipSync(`${contentOf(broken)}${' '.repeat(16 * 1024 * 1024)}`)),
  },
  { title: 'with a delivery without a time', record: recordOf(id, 2, { delivery: withoutTime }) },
  { title: 'without a time of receipt', record: recordOf(id, 2, {}, { receivedAt: 'yesterday' }) },
  { title: 'with a job of another format', record: recordOf(id, 2, { jobs: [jobOf(id, -1)] }) },
  {
    title: 'with a job whose generation has another format',
    record: recordOf(id, 2, { jobs: [{ ...jobOf(id, 2), generation: '2026' }] }),
  },
  // The published schema of the event does not accept these items.
  { title: 'with a generation of another format', record: recordOf(id, 2, {}, { generation: '2026' }) },
  { title: 'with an event without a number', record: recordOf(id, 2, {}, { sequence: 0 }) },
  {
    title: 'with an attempt that is no number of an attempt',
    record: recordOf(id, 2, {}, { ordering: { ...ordering, attempt: 0 } }),
  },
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

/** Returns the content of a record's item as text. */
function contentOf({ dynamodb }: typeof broken): string {
  return gunzipSync(Buffer.from(dynamodb?.NewImage?.content?.B ?? '', 'base64')).toString();
}

describe('the lag of the relay', () => {
  /** A record of a write that happened this many seconds before the relay runs. */
  const recordFrom = (name: string, secondsAgo: number, outbox: Parameters<typeof recordOf>[2] = {}) => {
    const record = recordOf(name, 1, outbox);
    const ApproximateCreationDateTime = Date.parse('2026-11-22T10:15:30Z') / 1000 - secondsAgo;
    return { ...record, dynamodb: { ...record.dynamodb, ApproximateCreationDateTime } };
  };

  test('the lag is the time from the oldest write of a batch to the publication of its event', async () => {
    const { relay, telemetry } = relayUnderTest();
    await relay([recordFrom('a', 3), recordFrom('b', 7)]);
    expect(telemetry.seconds).toEqual({ 'idnow RelayLagSeconds': 7 });
  });

  test('the lag is not negative if the stream has rounded the time of the write up', async () => {
    const { relay, telemetry } = relayUnderTest();
    await relay([recordFrom('a', -0.4)]);
    expect(telemetry.seconds).toEqual({ 'idnow RelayLagSeconds': 0 });
  });

  test('a write whose event is not published yet has no lag, and neither has a write without an event', async () => {
    const { relay, telemetry } = relayUnderTest({ event: `${id}#1` });
    await relay([recordFrom(id, 5), recordFrom('b', 9, { event: null })]);
    expect(telemetry.seconds).toEqual({});
  });
});
