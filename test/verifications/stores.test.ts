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
import { credentials, region } from '../../local/stack/aws-account.ts';
import { Cleanup } from '../../local/stack/cleanup.ts';
import { startDynamoDbEmulator } from '../../local/stack/emulators/dynamodb-emulator.ts';
import type { Transition } from '../../shared/contract/transition.ts';
import { applyTransition } from '../../shared/verifications/apply-transition.ts';
import type { Delivery } from '../../shared/verifications/delivery.ts';
import { dynamoLedger } from '../../shared/verifications/ledger.ts';
import { recordTransition } from '../../shared/verifications/record-transition.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import { dynamoVerificationStore } from '../../shared/verifications/verification-store.ts';
import type { Write } from '../../shared/verifications/write.ts';
import { arrivalOf } from '../support/deliveries.ts';
import { step, transition } from '../support/transitions.ts';

const cleanup = new Cleanup();
const now = () => new Date('2026-11-22T12:00:00Z');
const oneDay = 24 * 3600;
const nowSeconds = Date.UTC(2026, 10, 22, 12) / 1000;

let dynamodb: DynamoDBClient;
beforeAll(async () => {
  const { url: endpoint } = await startDynamoDbEmulator(undefined, cleanup);
  dynamodb = new DynamoDBClient({ endpoint, region, credentials });
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

function writeOf(known: Verification | null, arriving: Transition, writeId: string): Write {
  const applied = applyTransition(known, { ...arrivalOf(arriving, writeId), delivery: delivery(writeId) });
  if (!('write' in applied)) throw new Error('not accepted');
  return applied.write;
}

function delivery(deliveryId: string): Delivery {
  const body = { kind: 'inline', gzip: gzipSync('the raw body') } as const;
  return { deliveryId, provider: 'idnow', receivedAt: '2026-11-22T10:15:00Z', body };
}

const of = (verificationId: string) => ({ verificationId });

describe('the store of verifications', () => {
  const store = () => dynamoVerificationStore(dynamodb, 'verifications', oneDay, now);

  test('writes what is new, and reads it back whole', async () => {
    // Prepare
    const write = writeOf(null, transition('START', of('new')), 'first');
    // Act
    const found = await store().write(null, write);
    // Assess
    expect(found).toBeNull();
    expect(await store().read('new')).toEqual(write.verification);
  });

  test('reads a row without what has a default, and writes over it', async () => {
    // Prepare
    const { verification, outbox } = writeOf(null, transition('START', of('older')), 'first');
    const { referenceDisputed, ...before } = verification;
    expect(referenceDisputed).toBe(false);
    await dynamodb.send(
      new PutItemCommand({ TableName: 'verifications', Item: marshall({ ...before, outbox, expiresAt: 1 }) }),
    );
    // Act
    const found = await store().read('older');
    const next = writeOf(found, transition('CHECK_PENDING', of('older')), 'second');
    const conflict = await store().write(found, next);
    // Assess
    expect(found).toEqual({ ...before, referenceDisputed: false });
    expect(conflict).toBeNull();
  });

  test('knows nothing of what was never written', async () => {
    expect(await store().read('never written')).toBeNull();
  });

  test('keeps the outbox in the item, and lets it expire after the retention', async () => {
    const write = writeOf(null, transition('START', of('kept')), 'first');
    await store().write(null, write);
    const [row] = await rowsOf('verifications', 'verificationId', 'kept');
    expect(row).toMatchObject({ expiresAt: nowSeconds + oneDay, outbox: { writeId: 'first' } });
    expect(row?.outbox.events).toEqual(write.outbox.events);
  });

  test('writes over the version that was known', async () => {
    // Prepare
    const first = writeOf(null, transition('START', of('over')), 'first');
    const second = writeOf(first.verification, transition('CHECK_PENDING', of('over')), 'second');
    await store().write(null, first);
    // Act
    const found = await store().write(first.verification, second);
    // Assess
    expect(found).toBeNull();
    expect(await store().read('over')).toEqual(second.verification);
  });

  test.each<[string, (first: Verification) => Verification | null]>([
    ['nothing', () => null],
    ['an older version', (first) => first],
  ])('answers what is there instead of writing over it, where %s was known', async (what, knownOf) => {
    // Prepare
    const id = `conflict after ${what}`;
    const first = writeOf(null, transition('START', of(id)), 'first');
    const second = writeOf(first.verification, transition('CHECK_PENDING', of(id)), 'second');
    await store().write(null, first);
    await store().write(first.verification, second);
    // Act
    const known = knownOf(first.verification);
    const found = await store().write(known, writeOf(known, transition('CANCELED', of(id)), 'third'));
    // Assess
    expect(found).toEqual(second.verification);
    expect(await store().read(id)).toEqual(second.verification);
  });

  test('recognizes its own write where the first answer was lost', async () => {
    // Prepare: the SDK sends the same write twice.
    const write = writeOf(null, transition('START', of('lost answer')), 'the same write');
    await store().write(null, write);
    // Act
    const found = await store().write(null, write);
    // Assess
    expect(found).toBeNull();
  });

  test('fails where the item has expired since it was read: sent again, it is new', async () => {
    // Prepare: it expired after it was read.
    const first = writeOf(null, transition('START', of('expired')), 'first');
    const second = writeOf(first.verification, transition('CHECK_PENDING', of('expired')), 'second');
    // Act
    const writing = store().write(first.verification, second);
    // Assess
    await expect(writing).rejects.toThrow(ConditionalCheckFailedException);
  });

  test('numbers 20 deliveries at once without gap', async () => {
    // Prepare
    const arriving = Array.from({ length: 20 }, (_, index) =>
      arrivalOf(
        transition('START', { ...of('at once'), fingerprint: `${index}`, origin: step }),
        `w${index}`,
      ),
    );
    // Act
    const recorded = await Promise.all(arriving.map((each) => recordTransition(store(), each)));
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
  ])('lets %s surface: nothing was stored', async (name, status) => {
    // Prepare
    const mock = mockClient(DynamoDBClient);
    const fault = Object.assign(new Error('not today'), { name, $metadata: { httpStatusCode: status } });
    mock.on(PutItemCommand).rejects(fault);
    // Act
    const arrival = arrivalOf(transition('START', of('refused')));
    const recording = recordTransition(store(), arrival).finally(() => mock.restore());
    // Assess
    await expect(recording).rejects.toBe(fault);
  });
});

describe('the ledger', () => {
  const ledger = () => dynamoLedger(dynamodb, 'deliveries', oneDay);

  test.each([
    ['accepted', null, 'idnow:c:1', 4, 'idnow:c:1'],
    ['duplicate', 'seen', 'idnow:c:2', null, 'idnow:c:2'],
    ['stale', 'after-final', 'idnow:c:3', null, 'idnow:c:3'],
    ['quarantined', 'not-json', null, null, 'quarantine:idnow'],
    ['quarantined', 'unknown-status', 'idnow:c:5', null, 'quarantine:idnow'],
  ] as const)('lists what was %s (%s) of %s', async (decision, reason, verificationId, sequence, subject) => {
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
  });

  test('has one row of a delivery that is recorded twice', async () => {
    const verdict = {
      decision: 'accepted',
      reason: null,
      verificationId: 'idnow:c:twice',
      sequence: 1,
    } as const;
    await ledger().record(delivery('once'), verdict);
    await ledger().record(delivery('once'), verdict);
    expect(await rowsOf('deliveries', 'subject', 'idnow:c:twice')).toHaveLength(1);
  });

  test.each([
    ['before', ['accepted', 'duplicate']],
    ['after', ['duplicate', 'accepted']],
  ] as const)(
    'says accepted of a delivery that looked like a duplicate of itself %s',
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
