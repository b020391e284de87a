import { gunzipSync, gzipSync } from 'node:zlib';
import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emulatorCredentials, localRegion } from '../../local/stack/aws-account.ts';
import { CleanupList } from '../../local/stack/cleanup.ts';
import { startDynamoDbEmulator } from '../../local/stack/emulators/dynamodb-emulator.ts';
import type { Transition } from '../../shared/contract/transition.ts';
import { applyTransition } from '../../shared/verifications/apply-transition.ts';
import type { Delivery } from '../../shared/verifications/delivery.ts';
import { createDynamoLedger } from '../../shared/verifications/ledger.ts';
import { recordTransition } from '../../shared/verifications/record-transition.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import { createDynamoVerificationStore } from '../../shared/verifications/verification-store.ts';
import type { VerificationWrite } from '../../shared/verifications/write.ts';
import { incomingTransition } from '../support/deliveries.ts';
import { step, transition } from '../support/transitions.ts';

const cleanup = new CleanupList();
const now = () => new Date('2026-11-22T12:00:00Z');
const oneDay = 24 * 3600;
const nowSeconds = Date.UTC(2026, 10, 22, 12) / 1000;

let dynamodb: DynamoDBClient;
beforeAll(async () => {
  const { url: endpoint } = await startDynamoDbEmulator(undefined, cleanup);
  dynamodb = new DynamoDBClient({ endpoint, region: localRegion, credentials: emulatorCredentials });
  await createTable('verifications', 'verificationId');
  await createTable('deliveries', 'subject', 'at');
});
afterAll(async () => {
  dynamodb?.destroy();
  await cleanup.run();
});

async function createTable(TableName: string, ...keys: [string, string?]): Promise<void> {
  const names = keys.filter((key) => key !== undefined);
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: names.map((AttributeName, index) => ({
        AttributeName,
        KeyType: index === 0 ? 'HASH' : 'RANGE',
      })),
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    }),
  );
}

async function rowsOf(table: string, key: string, value: string) {
  const { Items = [] } = await dynamodb.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: '#key = :value',
      ExpressionAttributeNames: { '#key': key },
      ExpressionAttributeValues: { ':value': { S: value } },
    }),
  );
  return Items.map((item) => unmarshall(item));
}

function writeOf(known: Verification | null, next: Transition, writeId: string): VerificationWrite {
  const applied = applyTransition(known, {
    ...incomingTransition(next, writeId),
    delivery: delivery(writeId),
  });
  if (applied.kind !== 'accepted') throw new Error('the transition was not accepted');
  return applied.write;
}

function delivery(deliveryId: string): Delivery {
  const body = { kind: 'inline', gzip: gzipSync('the raw body') } as const;
  return { deliveryId, provider: 'idnow', receivedAt: '2026-11-22T10:15:00Z', body };
}

const withId = (verificationId: string) => ({ verificationId });

describe('dynamoVerificationStore', () => {
  const store = () => createDynamoVerificationStore(dynamodb, 'verifications', oneDay, now);

  test('a new verification is written and read back unchanged', async () => {
    // Prepare
    const write = writeOf(null, transition('START', withId('new')), 'first');
    // Act
    const found = await store().write(null, write);
    // Assess
    expect(found).toBeNull();
    expect(await store().read('new')).toEqual(write.verification);
  });

  test('a row without hasReferenceConflict is read with the default, and can be written', async () => {
    // Prepare
    const { verification, outbox } = writeOf(null, transition('START', withId('older')), 'first');
    const { hasReferenceConflict, ...before } = verification;
    expect(hasReferenceConflict).toBe(false);
    await dynamodb.send(
      new PutItemCommand({ TableName: 'verifications', Item: marshall({ ...before, outbox, expiresAt: 1 }) }),
    );
    // Act
    const found = await store().read('older');
    const next = writeOf(found, transition('CHECK_PENDING', withId('older')), 'second');
    const conflict = await store().write(found, next);
    // Assess
    expect(found).toEqual({ ...before, hasReferenceConflict: false });
    expect(conflict).toBeNull();
  });

  test('reading an unknown verification returns null', async () => {
    expect(await store().read('never written')).toBeNull();
  });

  test('an item contains the outbox and expires after the retention', async () => {
    const write = writeOf(null, transition('START', withId('kept')), 'first');
    await store().write(null, write);
    const [row] = await rowsOf('verifications', 'verificationId', 'kept');
    expect(row).toMatchObject({ expiresAt: nowSeconds + oneDay, outbox: { writeId: 'first' } });
    expect(row?.outbox.events).toEqual(write.outbox.events);
  });

  test('a write that knows the current version replaces it', async () => {
    // Prepare
    const first = writeOf(null, transition('START', withId('replaced')), 'first');
    const second = writeOf(first.verification, transition('CHECK_PENDING', withId('replaced')), 'second');
    await store().write(null, first);
    // Act
    const found = await store().write(first.verification, second);
    // Assess
    expect(found).toBeNull();
    expect(await store().read('replaced')).toEqual(second.verification);
  });

  test.each<[string, (first: Verification) => Verification | null]>([
    ['no version', () => null],
    ['an older version', (first) => first],
  ])(
    'a write that does not know the current version changes nothing and returns the current verification: it knows %s',
    async (title, knownOf) => {
      // Prepare
      const id = `conflict after ${title}`;
      const first = writeOf(null, transition('START', withId(id)), 'first');
      const second = writeOf(first.verification, transition('CHECK_PENDING', withId(id)), 'second');
      await store().write(null, first);
      await store().write(first.verification, second);
      // Act
      const known = knownOf(first.verification);
      const found = await store().write(known, writeOf(known, transition('CANCELED', withId(id)), 'third'));
      // Assess
      expect(found).toEqual(second.verification);
      expect(await store().read(id)).toEqual(second.verification);
    },
  );

  test('a repeated write with the same write id succeeds, because the answer to the first write may be lost', async () => {
    // Prepare: send the same write twice, as the SDK does after a lost answer.
    const write = writeOf(null, transition('START', withId('lost answer')), 'the same write');
    await store().write(null, write);
    // Act
    const found = await store().write(null, write);
    // Assess
    expect(found).toBeNull();
  });

  test('a write fails if the row of the verification has expired since it was read', async () => {
    // Prepare: build a known item, but do not write it into the table.
    const first = writeOf(null, transition('START', withId('expired')), 'first');
    const second = writeOf(first.verification, transition('CHECK_PENDING', withId('expired')), 'second');
    // Act
    const writing = store().write(first.verification, second);
    // Assess
    await expect(writing).rejects.toThrow(ConditionalCheckFailedException);
  });

  test('20 simultaneous deliveries get the sequences 1 to 20', async () => {
    // Prepare
    const deliveries = Array.from({ length: 20 }, (_, index) =>
      incomingTransition(
        transition('START', { ...withId('simultaneous'), fingerprint: `${index}`, origin: step }),
        `w${index}`,
      ),
    );
    // Act
    const recorded = await Promise.all(deliveries.map((each) => recordTransition(store(), each)));
    // Assess
    const sequences = recorded.map((each) => (each.kind === 'accepted' ? each.sequence : 0));
    expect(sequences.sort((a, b) => a - b)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20,
    ]);
  });

  test.each([
    ['ProvisionedThroughputExceededException', 400],
    ['InternalServerError', 500],
    ['TimeoutError', 0],
  ])('recordTransition throws an error of DynamoDB unchanged: %s (status %i)', async (name, status) => {
    // Prepare
    const mock = mockClient(DynamoDBClient);
    const fault = Object.assign(new Error('not today'), { name, $metadata: { httpStatusCode: status } });
    mock.on(PutItemCommand).rejects(fault);
    // Act
    const incoming = incomingTransition(transition('START', withId('refused')));
    const recording = recordTransition(store(), incoming).finally(() => mock.restore());
    // Assess
    await expect(recording).rejects.toBe(fault);
  });
});

describe('dynamoLedger', () => {
  const ledger = () => createDynamoLedger(dynamodb, 'deliveries', oneDay);

  test.each([
    ['accepted', null, 'idnow:c:1', 4, 'idnow:c:1'],
    ['duplicate', 'seen', 'idnow:c:2', null, 'idnow:c:2'],
    ['stale', 'after-final', 'idnow:c:3', null, 'idnow:c:3'],
    ['quarantined', 'not-json', null, null, 'quarantine:idnow'],
    ['quarantined', 'unknown-status', 'idnow:c:5', null, 'quarantine:idnow'],
  ] as const)(
    'the ledger row of a delivery that was %s (%s) for %s has all fields',
    async (decision, reason, verificationId, sequence, subject) => {
      // Prepare
      const deliveryId = `${decision} ${reason}`;
      // Act
      await ledger().record(delivery(deliveryId), { decision, reason, verificationId, sequence });
      // Assess
      const rows = await rowsOf('deliveries', 'subject', subject);
      const [row] = rows.filter((each) => each.deliveryId === deliveryId);
      expect(row).toEqual({
        subject,
        at: `2026-11-22T10:15:00Z#${deliveryId}`,
        deliveryId,
        provider: 'idnow',
        receivedAt: '2026-11-22T10:15:00Z',
        body: { kind: 'inline', gzip: expect.anything() },
        decision,
        reason,
        verificationId,
        sequence,
        expiresAt: Date.UTC(2026, 10, 23, 10, 15) / 1000,
      });
      expect(gunzipSync(row?.body.gzip).toString()).toBe('the raw body');
    },
  );

  test('a delivery that is recorded twice has one ledger row', async () => {
    const entry = {
      decision: 'accepted',
      reason: null,
      verificationId: 'idnow:c:twice',
      sequence: 1,
    } as const;
    await ledger().record(delivery('once'), entry);
    await ledger().record(delivery('once'), entry);
    expect(await rowsOf('deliveries', 'subject', 'idnow:c:twice')).toHaveLength(1);
  });

  test.each([
    ['before', ['accepted', 'duplicate']],
    ['after', ['duplicate', 'accepted']],
  ] as const)(
    'an accepted delivery stays accepted in the ledger, even if it is also recorded as a duplicate (%s its acceptance)',
    async (when, decisions) => {
      const verificationId = `idnow:c:twin-${when}`;
      for (const decision of decisions) {
        const [reason, sequence] = decision === 'accepted' ? [null, 1] : ['seen', null];
        await ledger().record(delivery('twin'), { decision, reason, verificationId, sequence });
      }
      const rows = await rowsOf('deliveries', 'subject', verificationId);
      expect(rows.map(({ decision, sequence }) => [decision, sequence])).toEqual([['accepted', 1]]);
    },
  );
});
