import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Transition } from '../../shared/contract/transition.ts';
import { assignGenerations } from '../../shared/operations/generations/assign-generations.ts';
import { republishMissingWrites } from '../../shared/operations/republish/republish.ts';
import { createDynamoHistory } from '../../shared/verifications/history.ts';
import { recordJobEnd } from '../../shared/verifications/record-evidence.ts';
import { recordTransition } from '../../shared/verifications/record-transition.ts';
import {
  convertWriteToItem,
  parseVerificationItem,
  republishedAtAttribute,
} from '../../shared/verifications/verification-row.ts';
import {
  createDynamoVerificationStore,
  type VerificationStore,
} from '../../shared/verifications/verification-store.ts';
import { eventOfWrite, makeDelivery } from '../support/deliveries.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../support/dynamodb.ts';
import { comparedHint, statementWithEvidence, transition } from '../support/transitions.ts';

const generation = '20261122T120000Z';
const minuteOf = (minute: number) => `2026-11-22T12:${String(minute).padStart(2, '0')}:00Z`;

let dynamodb: DynamoDbUnderTest;
beforeAll(async () => {
  dynamodb = await startDynamoDb();
});
afterAll(() => dynamodb?.stop());

let verificationsTable: string;
let historyTable: string;
let store: VerificationStore;
let tables = 0;
beforeEach(async () => {
  tables += 1;
  verificationsTable = await dynamodb.createTable(`verifications-${tables}`, 'verificationId');
  historyTable = await dynamodb.createTable(`history-${tables}`, 'subject', 'at');
  store = createDynamoVerificationStore(dynamodb.client, verificationsTable, 3600);
});

const id = 'idnow:democompany:txn-1';
const eventId = (sequence: number) => `${id}#${generation}.${sequence}`;

/** Records a transition. Its write is `w{minute}`, and it is received at this minute. */
const deliver = (minute: number, next: Transition) =>
  recordTransition(store, {
    transition: next,
    receivedAt: minuteOf(minute),
    writeId: `w${minute}`,
    delivery: makeDelivery({ deliveryId: `w${minute}`, receivedAt: minuteOf(minute) }),
  });

const statement = (status: 'START' | 'CHECK_PENDING' | 'SUCCESS') =>
  transition(status, { origin: statementWithEvidence });

async function readItem(): Promise<Record<string, AttributeValue>> {
  const Key = { verificationId: { S: id } };
  const { Item = {} } = await dynamodb.client.send(
    new GetItemCommand({ TableName: verificationsTable, Key }),
  );
  return Item;
}

/** Records the write of the row in the history, as the relay does. */
async function relayWrite() {
  const { verification, outbox } = parseVerificationItem(await readItem());
  const { version, verificationId } = verification;
  const event = eventOfWrite({ verification, outbox });
  const history = createDynamoHistory(dynamodb.client, historyTable, 3600);
  await history.recordWrite({ verificationId, version, event, delivery: outbox.delivery });
}

/** Records that the job of an event has archived the evidence. */
const endJob = (requestedBy: number, recordedAt: string) =>
  recordJobEnd(store, {
    verificationId: id,
    generation,
    kind: 'archived',
    requestedBy,
    reference: null,
    archive: { bucket: 'b', manifest: 'm', manifestSha256: null, artifacts: [], missing: [] },
    reason: null,
    onNothing: { kind: 'keep' },
    findings: null,
    recordedAt,
    writeId: `end of ${requestedBy}`,
  });

const republish = (apply: boolean, olderThanSeconds = 300, at = minuteOf(30)) =>
  republishMissingWrites({
    dynamodb: dynamodb.client,
    verificationsTable,
    historyTable,
    bucket: null,
    at: new Date(at),
    olderThanSeconds,
    apply,
  });

test('republish finds an event whose row was written again without an event', async () => {
  // Prepare: the repetition of a Datakeen webhook only requests a comparison.
  const hint = transition('WEBHOOK', { origin: comparedHint });
  await deliver(0, hint);
  await deliver(1, hint);
  // Act and assess
  expect(parseVerificationItem(await readItem()).outbox.event).toBeNull();
  expect((await republish(false)).missing).toEqual([{ verificationId: id, eventIds: [eventId(1)] }]);
});

test('republish finds the events of earlier writes, and puts the row with all of them into the stream', async () => {
  // Prepare: the relay sees only the second write.
  await deliver(0, statement('START'));
  await deliver(1, statement('CHECK_PENDING'));
  await relayWrite();
  await deliver(2, statement('SUCCESS'));
  // Act
  const planned = await republish(false);
  const before = await readItem();
  const done = await republish(true);
  // Assess
  expect(planned.missing).toEqual([{ verificationId: id, eventIds: [eventId(1), eventId(3)] }]);
  expect(before).not.toHaveProperty(republishedAtAttribute);
  expect(done).toEqual({ checked: 1, missing: planned.missing, unreadable: [], objects: null });
  expect(await readItem()).toEqual({
    ...before,
    [republishedAtAttribute]: { S: '2026-11-22T12:30:00.000Z' },
  });
});

test('republish leaves out events that may still be on their way through the stream', async () => {
  await deliver(0, statement('START'));
  await deliver(20, statement('CHECK_PENDING'));
  expect((await republish(true, 15 * 60)).missing).toEqual([{ verificationId: id, eventIds: [eventId(1)] }]);
});

test('republish ignores the events before a job that has reached its fetcher', async () => {
  // Prepare: the history has no row at all, but the relay has sent the job of the second event.
  await deliver(0, statement('START'));
  await deliver(1, statement('CHECK_PENDING'));
  await deliver(2, statement('SUCCESS'));
  await endJob(2, minuteOf(4));
  // Act and assess
  expect((await republish(false)).missing).toEqual([
    { verificationId: id, eventIds: [eventId(3), eventId(4)] },
  ]);
});

test('republish finds an event that the stream had lost before the relay ran again, although a later job ended', async () => {
  // Prepare: the relay did not run for 30 hours, so it saw only the second write, and sent its job.
  await deliver(0, statement('START'));
  await recordTransition(store, {
    transition: statement('SUCCESS'),
    receivedAt: '2026-11-23T08:00:00Z',
    writeId: 'w20h',
    delivery: null,
  });
  await relayWrite();
  await endJob(2, '2026-11-23T18:00:00Z');
  await relayWrite();
  // Act and assess
  const { missing } = await republish(false, 0, '2026-11-23T19:00:00Z');
  expect(missing).toEqual([{ verificationId: id, eventIds: [eventId(1)] }]);
});

test('the next write of a row that was republished removes the mark, and carries the unconfirmed writes on', async () => {
  // Prepare
  await deliver(0, statement('START'));
  await republish(true);
  // Act
  await deliver(1, statement('CHECK_PENDING'));
  // Assess
  expect(await readItem()).not.toHaveProperty(republishedAtAttribute);
  expect((await republish(false)).missing).toEqual([
    { verificationId: id, eventIds: [eventId(1), eventId(2)] },
  ]);
});

test('after new-generations, republish still finds the events of the generation before', async () => {
  // Prepare
  await deliver(0, statement('START'));
  await deliver(1, statement('CHECK_PENDING'));
  await assignGenerations({
    dynamodb: dynamodb.client,
    verificationsTable,
    at: new Date(minuteOf(5)),
    newId: () => 'w5',
    apply: true,
  });
  await deliver(6, statement('SUCCESS'));
  // Act
  const { missing } = await republish(false);
  // Assess
  expect(missing).toEqual([
    { verificationId: id, eventIds: [eventId(1), eventId(2), `${id}#20261122T120500Z.1`] },
  ]);
});

test('republish counts a row that it cannot read, and continues', async () => {
  // Prepare
  await deliver(0, statement('START'));
  const { verification, outbox } = parseVerificationItem(await readItem());
  const item = convertWriteToItem(
    { verification: { ...verification, verificationId: 'foreign' }, outbox },
    1,
  );
  const Item = { ...item, content: { S: 'text' } };
  await dynamodb.client.send(new PutItemCommand({ TableName: verificationsTable, Item }));
  // Act and assess
  expect(await republish(false)).toMatchObject({ checked: 2, unreadable: ['foreign'], missing: [{}] });
});
