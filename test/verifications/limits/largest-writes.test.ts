import { createHash } from 'node:crypto';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emulatorCredentials, localRegion } from '../../../local/stack/aws-account.ts';
import { CleanupList } from '../../../local/stack/cleanup.ts';
import { startSqsAndS3Emulator } from '../../../local/stack/emulators/sqs-and-s3-emulator.ts';
import type { EvidenceJob } from '../../../shared/contract/evidence-job.ts';
import type { Reading } from '../../../shared/contract/reading.ts';
import type { Transition } from '../../../shared/contract/transition.ts';
import { buildEvidenceFolder } from '../../../shared/evidence/archive/folder.ts';
import type { Known } from '../../../shared/ordering/known.ts';
import { countSqsMessageBytes } from '../../../shared/platform/sqs-size.ts';
import { makeDatakeenFindings } from '../../../shared/providers/datakeen/findings.ts';
import { makeDatakeenLookupTransition as datakeenLookup } from '../../../shared/providers/datakeen/lookup-transition.ts';
import { readDatakeenResult } from '../../../shared/providers/datakeen/read-result.ts';
import { readDatakeenWebhook } from '../../../shared/providers/datakeen/read-webhook.ts';
import { makeId360LookupTransition as id360Lookup } from '../../../shared/providers/id360/lookup-transition.ts';
import { readId360Callback } from '../../../shared/providers/id360/read-callback.ts';
import { readId360Report } from '../../../shared/providers/id360/read-report.ts';
import { readIdents } from '../../../shared/providers/idnow/read-idents.ts';
import { buildEventMessage } from '../../../shared/relay/event-message.ts';
import { applyJobEnd } from '../../../shared/verifications/apply-evidence.ts';
import { applyTransition } from '../../../shared/verifications/apply-transition.ts';
import { buildEvent } from '../../../shared/verifications/build-event.ts';
import type { ArchiveOfJob } from '../../../shared/verifications/evidence-after.ts';
import { convertWriteToHistoryItem } from '../../../shared/verifications/history-row.ts';
import { fitWriteToLimits } from '../../../shared/verifications/limits/fit-write-to-limits.ts';
import { storeRawBody } from '../../../shared/verifications/raw-body.ts';
import type { Verification } from '../../../shared/verifications/verification.ts';
import { convertWriteToItem } from '../../../shared/verifications/verification-row.ts';
import type { VerificationWrite } from '../../../shared/verifications/write.ts';
import { makeDelivery } from '../../support/deliveries.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../../support/dynamodb.ts';
import { countItemBytes } from '../../support/item-bytes.ts';
import { plays } from '../../support/plays.ts';

const KiB = 1024;

/** Characters that need the most bytes as JSON, in UTF-8 or as escapes for SQS, and ordinary characters. */
const unit = fc.constantFrom('\u0001', '\uffff', '\ufffe', '中', '😀', '"', '\\', 'é', 'a', '\ud800');
/** Generates a text of one repeated character from `unit`, with at most `max` UTF-16 units. */
const text = (max: number) =>
  fc
    .tuple(unit, fc.constantFrom(1, 0.9, 0.5, 0.01))
    .map(([character, share]) => character.repeat(Math.max(1, Math.floor((max * share) / character.length))));
/** Generates ids that the readers accept. A percent-encoded id has at most 600 characters. */
const id = fc.constantFrom('a'.repeat(255), 'a%'.repeat(127), '中'.repeat(65), '\uffff'.repeat(65), 'txn-1');
/** Returns bytes that do not compress. They look random, but each call returns the same bytes. */
const noise = (bytes: number): Buffer =>
  createHash('shake256', { outputLength: bytes }).update('noise').digest();

/** Returns text that hardly compresses: Chinese characters in three bytes, with twelve random bits each. */
const noiseText = (bytes: number): string =>
  Array.from({ length: Math.floor(bytes / 3) }, (_, index) => {
    const all = noiseOfText.readUInt16LE((index * 2) % (noiseOfText.byteLength - 1));
    return String.fromCodePoint(0x4e00 + (all & 0x3fff));
  }).join('');
const noiseOfText = noise(128 * KiB);

/**
 * Generates text for events of any size, from very small to much too large. Some of it compresses well, some of it hardly.
 * A body has at most 1 MiB.
 */
const filler = fc
  .tuple(
    fc.option(unit, { freq: 2 }),
    fc.constantFrom(1, 10 * KiB, 60 * KiB, 100 * KiB, 150 * KiB, 183 * KiB),
  )
  .map(([character, bytes]) =>
    character === null ? noiseText(bytes) : character.repeat(Math.ceil(bytes / Buffer.byteLength(character))),
  );
const many = fc.constantFrom(0, 1, 199, 200, 201, 400);
/** Generates the sizes of raw bodies, which do not compress. */
const body = fc.constantFrom(0, 50 * KiB, 99 * KiB, 100 * KiB, 100 * KiB + 1, 1024 * KiB);

function understood(readings: readonly Reading[]): Transition {
  const [reading] = readings;
  if (reading?.kind !== 'understood')
    throw new Error(`not understood: ${JSON.stringify(reading).slice(0, 200)}`);
  return reading.transition;
}

interface IdentParts {
  readonly id: string;
  readonly reason: string;
  readonly status: string;
  readonly filler: string;
  readonly many: number;
}

function identOf({ id, reason, status, filler, many }: IdentParts): Transition {
  return understood(
    readIdents(
      {
        identificationprocess: {
          companyid: 'c'.repeat(255).slice(0, 600 - encodeURIComponent(id).length - 10),
          transactionnumber: id,
          result: status,
          reason,
          identificationtime: '2026-11-22T10:15:00Z',
        },
        userdata: { firstname: { status: 'NEW', value: filler } },
        customdata: Object.fromEntries(Array.from({ length: many }, (_, index) => [`custom${index}`, 'x'])),
        unknown: { list: Array.from({ length: many }, (_, index) => ({ index, note: reason })) },
        additionaldocuments: Array.from({ length: many }, () => ({
          documentname: true,
          address: { country: { status: 'NEW', value: 'XX' } },
        })),
      },
      { wantsEvidence: () => true },
    ),
  );
}

const ident = fc
  .record({ id, reason: text(255), status: statusOf('SUCCESS', 'CANCELED', 'CHECK_PENDING'), filler, many })
  .map(identOf);

/** An ident whose findings almost fill an event, and hardly compress. Random tests find such an ident only by chance. */
const largeIdent = identOf({
  id: 'a'.repeat(255),
  reason: 'r'.repeat(255),
  status: 'SUCCESS',
  filler: noiseText(160 * KiB),
  many: 0,
});

const code = fc.constantFrom('C'.repeat(97), '\u2003'.repeat(20) + 'C'.repeat(97), 'VLD_');
const codes = fc
  .tuple(many, code)
  .map(([length, prefix]) => Array.from({ length }, (_, i) => `${prefix}${i}`));

const callback = fc
  .record({ id, reference: text(255), status: statusOf('OK', 'KO', 'STARTED'), codes, filler })
  .map(({ id, reference, status, codes, filler }) =>
    understood([
      readId360Callback(
        { id, status, client_reference: reference, reason: codes, enrollment_step: { name: filler } },
        'r'.repeat(128),
      ),
    ]),
  );

/** Generates reports with many documents, long names, many bad URLs, many codes, and findings of any size. */
const report = fc
  .record({
    status: statusOf('OK', 'KO'),
    name: text(300),
    many,
    bad: many,
    codes,
    filler,
    time: fc.boolean(),
  })
  .map(({ status, name, many, bad, codes, filler, time }) => {
    const url = (index: number) =>
      `https://x.test/api/1.0.0/document/${'d'.repeat(60)}${index}/file_contents/`;
    return readId360Report({
      status,
      client_reference: '\uffff'.repeat(255),
      ...(time ? { finished_time: '2026-11-22T10:15:00Z' } : {}),
      all_status_codes: codes.map((each) => ({ where: name.slice(0, 90), status_code: { code: each } })),
      identity: { name: filler },
      documents: {
        [name.padEnd(300, 'n')]: [
          { name: name.padEnd(300, 'n'), files: Array.from({ length: many }, (_, index) => url(index)) },
          { name: 'bad', files: Array.from({ length: bad }, (_, index) => `https://x.test/${name}${index}`) },
        ],
      },
    });
  });

const webhook = fc
  .record({ id, filler, status: statusOf('user_approved', 'verify') })
  .map(({ id, filler, status }) =>
    understood([
      readDatakeenWebhook(
        { sessionId: id, analysisId: filler, newStatus: status },
        { reference: 'r'.repeat(128), trustsNewStatus: true, isBackOffice: false },
      ),
    ]),
  );

const session = fc.record({ name: text(251), many, filler }).map(({ name, many, filler }) =>
  readDatakeenResult({
    status: 200,
    data: {
      job_status: {
        predictions: [
          {
            results: {
              documents: [
                {
                  type: 'id-card',
                  extractedInformation: { firstName: { value: filler } },
                  controls: Object.fromEntries(
                    Array.from({ length: many }, (_, index) => [`${name}${index}`, { value: false }]),
                  ),
                },
              ],
              controls: { globalStatus: { value: false } },
            },
          },
        ],
      },
    },
  }),
);

/** Generates statuses without white space, and with as much white space at the end as the readers accept. */
function statusOf(...statuses: string[]) {
  return fc.constantFrom(...statuses.flatMap((status) => [status, status.padEnd(100, '\u2003')]));
}

type RowChanges = Partial<Omit<Verification, 'ordering'>> & { readonly ordering?: Partial<Known> };

const open: RowChanges = {
  phase: 'in_progress',
  outcome: null,
  finality: 'provisional',
  ordering: { progress: 'open', rank: 0, occurredAt: null },
};

/** Reasons that need nearly all bytes that the reasons of one state may have. */
const fullReasons = Array.from({ length: 160 }, (_, index) => ({
  code: 'other',
  category: 'other' as const,
  providerCode: `${'\u0001'.repeat(20)}${index}`,
}));

/** More artifacts, and longer names, than an event may list. */
const fullArchive: ArchiveOfJob = {
  bucket: 'b'.repeat(63),
  manifest: `evidence/${'m'.repeat(900)}/manifest.json`,
  manifestSha256: 'f'.repeat(64),
  artifacts: Array.from({ length: 300 }, (_, index) => ({
    name: `${index}${'n'.repeat(100)}`,
    key: noise(1000)
      .toString('base64')
      .slice(index, index + 600),
    size: 2 ** 31,
    sha256: noise(1000)
      .toString('hex')
      .slice(index, index + 64),
    contentType: 'application/octet-stream',
  })),
  missing: Array.from({ length: 300 }, (_, index) => ({
    name: `${'中'.repeat(100)}${index}`,
    reason: 'gone',
  })),
};

/** The evidence of a row after a job with a full archive. */
function fullEvidence(known: Verification): Verification['evidence'] {
  const write = applyJobEnd(known, {
    verificationId: known.verificationId,
    generation: known.generation,
    kind: 'archived',
    requestedBy: 999,
    reference: null,
    archive: fullArchive,
    reason: null,
    onNothing: { kind: 'keep' },
    findings: null,
    recordedAt: '2026-11-22T10:15:00.123Z',
    writeId: 'w',
  });
  return write?.verification.evidence ?? expect.unreachable('nothing was written');
}

/** Builds the largest row that a verification may have: each limited field has its largest value. */
function fullRow(transition: Transition, { ordering, ...state }: RowChanges = {}): Verification {
  const known = acceptedWrite(null, transition).verification;
  const fingerprints = Array.from({ length: 128 }, (_, index) => String(index).padStart(43, 'f'));
  return {
    ...known,
    reference: '\uffff'.repeat(255),
    reasons: fullReasons,
    evidence: fullEvidence(known),
    ordering: {
      ...known.ordering,
      attempt: 99_999,
      earlierUntil: '2026-01-01T00:00:00.123Z',
      seen: fingerprints,
      lastStatement: 999_998,
      lookup: { requestedBy: 1, rank: 0 },
      ...ordering,
    },
    sequence: 999_998,
    schedule: {
      ...known.schedule,
      evidence: Object.fromEntries(Array.from({ length: 128 }, (_, index) => [899_000 + index, 'archived'])),
    },
    ...state,
  };
}

/** Builds the write of a transition that must be accepted. */
function acceptedWrite(known: Verification | null, transition: Transition, bodyBytes = 0): VerificationWrite {
  const result = applyTransition(known, {
    transition,
    receivedAt: '2026-11-22T10:15:00.123Z',
    writeId: `000001-${crypto.randomUUID()}`,
    delivery: makeDelivery({
      deliveryId: `${crypto.randomUUID()}.100`,
      provider: transition.provider,
      receivedAt: '2026-11-22T10:15:00.123Z',
      reference: 'r'.repeat(128),
      body: storeRawBody(noise(bodyBytes)),
    }),
  });
  if (result.kind !== 'accepted') throw new Error(`not accepted: ${result.decision.reason}`);
  return result.write;
}

interface Sizes {
  /** The sizes of the items in the tables `Verifications` and `History`. */
  readonly items: readonly number[];
  /** The sizes of the items without their content. */
  readonly otherAttributes: readonly number[];
  readonly messages: readonly number[];
}

let largest: VerificationWrite | null = null;
let largestBytes = 0;
let largestMessage = '';

/** Returns the sizes of a write as AWS receives it. */
function measured(given: VerificationWrite): Sizes {
  const { write } = fitWriteToLimits(given, 'b'.repeat(63));
  const itemsOfWrite = itemsOf(write);
  const items = itemsOfWrite.map(countItemBytes);
  const otherAttributes = itemsOfWrite.map(({ content, ...others }) => countItemBytes(others));
  const bytes = Math.max(...items);
  if (bytes > largestBytes) {
    largest = write;
    largestBytes = bytes;
  }
  const events = eventsOf(write).map(buildEventMessage);
  for (const { MessageBody: body } of events) {
    if (Buffer.byteLength(body) > Buffer.byteLength(largestMessage)) largestMessage = body;
  }
  const jobs = write.outbox.jobs.map((job) => ({ MessageBody: JSON.stringify(job) }));
  return { items, otherAttributes, messages: [...events, ...jobs].map(countSqsMessageBytes) };
}

const eventsOf = ({ verification, outbox }: VerificationWrite) =>
  outbox.event === null ? [] : [buildEvent(verification, outbox.event)];

/** Returns the items of a write, in the tables `Verifications` and `History`. */
function itemsOf(write: VerificationWrite) {
  const { verificationId, version } = write.verification;
  const { delivery } = write.outbox;
  const [event = null] = eventsOf(write);
  return [
    convertWriteToItem(write, 1_999_999_999),
    convertWriteToHistoryItem({ verificationId, version, event, delivery }, 5 * 366 * 24 * 3600),
  ] as const;
}

function expectToFit({ items, otherAttributes, messages }: Sizes): void {
  for (const bytes of items) expect(bytes).toBeLessThanOrEqual(400 * KiB);
  // The limit of the content leaves 8 KiB for the other attributes (see `WriteLimits`).
  for (const bytes of otherAttributes) expect(bytes).toBeLessThanOrEqual(8 * KiB);
  for (const bytes of messages) expect(bytes).toBeLessThanOrEqual(256 * KiB);
}

function jobOf({ provider, verificationId }: Transition): EvidenceJob {
  return {
    purpose: 'archive',
    provider,
    verificationId,
    reference: null,
    generation: '20261122T101500Z',
    sequence: 999_998,
    providerStatus: '',
    occurredAt: null,
    requestedAt: '2026-11-22T10:15:00Z',
    notBefore: null,
    onNothing: { kind: 'keep' },
  };
}

const runs = { numRuns: plays(10) };

test.each([
  ['an ident of IDnow', ident],
  ['a callback of ID360', callback],
  ['a webhook of Datakeen', webhook],
])(
  'the write of a webhook of any size fits one DynamoDB item in each table, and its messages fit SQS: %s',
  (_title, transitions) => {
    fc.assert(
      fc.property(transitions, body, (transition, bodyBytes) => {
        expectToFit(measured(acceptedWrite(null, transition, bodyBytes)));
        expectToFit(measured(acceptedWrite(fullRow(transition, open), transition, bodyBytes)));
      }),
      runs,
    );
  },
);

test('if a callback withdraws an approval, its write and the statement in its job fit the limits of AWS', () => {
  fc.assert(
    fc.property(callback, body, (transition, bodyBytes) => {
      fc.pre(transition.finality === 'final');
      const approved = { ...transition, outcome: 'approved' as const, findings: { ...transition.findings } };
      const known = fullRow(approved, { ordering: { lastStatement: null, digest: 'another' } });
      const write = acceptedWrite(known, { ...transition, outcome: 'declined' }, bodyBytes);
      expect(write.outbox.jobs[0]?.onNothing.kind).toBe('apply');
      expectToFit(measured(write));
    }),
    runs,
  );
});

test('the writes of an ID360 report of any size fit the limits of AWS, as a lookup and as evidence', () => {
  fc.assert(
    fc.property(callback, report, fc.boolean(), (delivered, read, isArchived) => {
      // Prepare
      const job = jobOf(delivered);
      const lookedUp = id360Lookup(job, read) ?? expect.unreachable('the report has no status');
      const folder = buildEvidenceFolder(job);
      const contentType = 'application/octet-stream';
      const files = read.documents.map(({ file }) => `documents/${file}`);
      const artifacts = files.map((name) => ({
        name,
        key: `${folder}/${name}`,
        size: 2 ** 31,
        sha256: 'f'.repeat(64),
        contentType,
      }));
      const missing = read.unreadable.map((name) => ({
        name: `documents/${name.slice(0, 100)}`,
        reason: 'invalid',
      }));

      // Act
      const decision = acceptedWrite(fullRow(delivered, open), lookedUp);
      const known = fullRow({ ...lookedUp, reasons: delivered.reasons });
      const evidence = applyJobEnd(known, {
        verificationId: job.verificationId,
        generation: known.generation,
        kind: isArchived ? 'archived' : 'failed',
        requestedBy: job.sequence,
        reference: read.reference,
        reasons: read.reasons,
        outcome: known.outcome,
        archive: {
          bucket: 'b'.repeat(63),
          manifest: isArchived ? `${folder}/manifest.json` : null,
          manifestSha256: isArchived ? 'f'.repeat(64) : null,
          artifacts,
          missing,
        },
        reason: isArchived ? null : 'transient',
        onNothing: { kind: 'forget', fingerprint: 'f'.repeat(43) },
        findings: read.findings,
        recordedAt: '2026-11-22T10:15:00.123Z',
        writeId: `999998-${crypto.randomUUID()}`,
      });

      // Assess
      expectToFit(measured(decision));
      expectToFit(measured(evidence ?? expect.unreachable('nothing was written')));
    }),
    runs,
  );
});

test('the writes of a Datakeen session of any size fit the limits of AWS, as a lookup and as evidence', () => {
  fc.assert(
    fc.property(webhook, session, (delivered, result) => {
      const job = jobOf(delivered);
      const lookedUp = datakeenLookup(job, { result, digest: 'd' }, true);
      const known = fullRow(delivered, open);
      if (lookedUp?.finality === 'final' && lookedUp.origin.effect === 'decide') {
        expectToFit(measured(acceptedWrite(known, lookedUp)));
      }
      const evidence = applyJobEnd(known, {
        verificationId: job.verificationId,
        generation: known.generation,
        kind: 'archived',
        requestedBy: 999_998,
        reference: null,
        archive: fullArchive,
        reason: null,
        onNothing: { kind: 'keep' },
        findings: makeDatakeenFindings(result, 'approved'),
        recordedAt: '2026-11-22T10:15:00Z',
        writeId: 'w',
      });
      expectToFit(measured(evidence ?? expect.unreachable('nothing was written')));
    }),
    runs,
  );
});

test('reasons are limited by their bytes, and the event counts the omitted reasons', () => {
  // Prepare: build reasons with long codes. A code of 251 control characters takes 1506 bytes as JSON.
  const [read] = fc.sample(session, 1);
  const reasons = Array.from({ length: 300 }, (_, index) => ({
    code: 'other',
    category: 'other' as const,
    providerCode: `${'\u0001'.repeat(251)}${index}`,
  }));
  const [base] = fc.sample(webhook, 1);
  if (read === undefined || base === undefined) throw new Error('no samples');
  // Act
  const write = acceptedWrite(null, { ...base, reasons });
  // Assess
  const { verification } = write;
  const [event = expect.unreachable('there is no event')] = eventsOf(write);
  const { data } = event;
  expect(data.reasons).toEqual(reasons.slice(0, verification.reasons.length));
  expect(data.reasons.length + (data.reasonsOmitted ?? 0)).toBe(300);
  expect(data.reasonsOmitted).toBeGreaterThan(270);
});

describe('the largest write of these tests', () => {
  const cleanup = new CleanupList();
  let dynamodb: DynamoDbUnderTest;
  beforeAll(async () => {
    dynamodb = await startDynamoDb();
    await dynamodb.createTable('Verifications', 'verificationId');
    await dynamodb.createTable('History', 'subject', 'at');
  });
  afterAll(async () => {
    await dynamodb?.stop();
    await cleanup.run();
  });

  test('an item of 400 KB by our count fits the table, and an item with one more byte does not', async () => {
    // Prepare
    const itemOf = (bytes: number) => ({
      verificationId: { S: 'é' },
      expiresAt: { N: '1999999999' },
      content: { B: new Uint8Array(bytes) },
    });
    const room = 400 * KiB - countItemBytes(itemOf(0));
    const put = (bytes: number) =>
      dynamodb.client.send(new PutItemCommand({ TableName: 'Verifications', Item: itemOf(bytes) }));
    // Act and assess
    await expect(put(room)).resolves.toBeDefined();
    await expect(put(room + 1)).rejects.toThrow(/size/i);
  });

  test('the largest write fits the DynamoDB tables', async () => {
    // Prepare
    const transition = { ...largeIdent, reasons: fullReasons };
    const known = { ...fullRow(transition, open), evidence: null };
    measured(acceptedWrite(known, transition, 100 * KiB));
    const write = largest ?? expect.unreachable('no write was measured');
    // A write of less than 200 KiB would not test the limit of the tables.
    expect(largestBytes).toBeGreaterThan(200 * KiB);
    const [row, historyRow] = itemsOf(write);
    // Act
    const writing = [
      dynamodb.client.send(new PutItemCommand({ TableName: 'Verifications', Item: row })),
      dynamodb.client.send(new PutItemCommand({ TableName: 'History', Item: historyRow })),
    ];
    // Assess
    await expect(Promise.all(writing)).resolves.toHaveLength(2);
  });

  test('the largest event fits the SQS queue', async () => {
    // Prepare
    const endpoint = await startSqsAndS3Emulator(cleanup);
    const sqs = new SQSClient({ endpoint, region: localRegion, credentials: emulatorCredentials });
    cleanup.add(() => sqs.destroy());
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({ QueueName: 'events', Attributes: { MaximumMessageSize: String(256 * KiB) } }),
    );
    expect(Buffer.byteLength(largestMessage)).toBeGreaterThan(180 * KiB);
    // Act
    const sent = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: largestMessage }));
    // Assess
    expect(sent.MessageId).toBeDefined();
  });
});
