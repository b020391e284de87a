import { randomUUID } from 'node:crypto';
import { DeleteItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Transition } from '../../shared/contract/transition.ts';
import { applyTransition } from '../../shared/verifications/apply-transition.ts';
import { recordTransition } from '../../shared/verifications/record-transition.ts';
import { carryWrite } from '../../shared/verifications/unconfirmed-writes.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import { parseVerificationItem } from '../../shared/verifications/verification-row.ts';
import {
  createDynamoVerificationStore,
  type VerificationStore,
} from '../../shared/verifications/verification-store.ts';
import type { VerificationWrite } from '../../shared/verifications/write.ts';
import { incomingTransition, makeDelivery } from '../support/deliveries.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../support/dynamodb.ts';
import { step, transition } from '../support/transitions.ts';

const table = 'verifications';
const oneDay = 24 * 3600;
const receivedAtSeconds = Date.UTC(2026, 10, 22, 12) / 1000;

let dynamodb: DynamoDbUnderTest;
let store: VerificationStore;
beforeAll(async () => {
  dynamodb = await startDynamoDb();
  await dynamodb.createTable(table, 'verificationId');
  store = createDynamoVerificationStore(dynamodb.client, table, oneDay);
});
afterAll(() => dynamodb?.stop());

const withId = (verificationId: string) => ({ verificationId });

function writeOf(known: Verification | null, next: Transition, writeId: string): VerificationWrite {
  const applied = applyTransition(known, {
    ...incomingTransition(next, writeId),
    delivery: makeDelivery({ deliveryId: writeId }),
  });
  return applied.kind === 'accepted' ? applied.write : expect.unreachable('the transition was not accepted');
}

/** Builds two writes of a case, one after the other, and stores the first one. */
async function twoWrites(verificationId: string) {
  const first = writeOf(null, transition('START', withId(verificationId)), 'first');
  const second = writeOf(carryWrite(first), transition('CHECK_PENDING', withId(verificationId)), 'second');
  await store.write(null, first);
  return { first, second };
}

describe('reading a verification', () => {
  test('a new verification is written and read back, with its own write as an unconfirmed write', async () => {
    // Prepare
    const write = writeOf(null, transition('START', withId('new')), 'first');
    // Act
    const result = await store.write(null, write);
    // Assess
    expect(result).toEqual({ kind: 'written' });
    const { nextLookupAt: _, ...written } = write.verification;
    expect(await store.read('new')).toEqual({
      ...write.verification,
      unconfirmed: [{ verification: written, outbox: write.outbox }],
    });
  });

  test('reading an unknown verification returns null', async () => {
    expect(await store.read('never written')).toBeNull();
  });

  test('the table itself remembers no verification', async () => {
    await store.write(null, writeOf(null, transition('START', withId('not remembered')), 'first'));
    expect(store.remembered('not remembered')).toBeNull();
  });
});

test('an item contains its outbox, and expires after the retention', async () => {
  // Prepare
  const write = writeOf(null, transition('START', withId('kept')), 'first');
  // Act
  await store.write(null, write);
  // Assess
  const Key = { verificationId: { S: 'kept' } };
  const { Item = {} } = await dynamodb.client.send(new GetItemCommand({ TableName: table, Key }));
  expect(Item.expiresAt).toEqual({ N: String(receivedAtSeconds + oneDay) });
  expect(parseVerificationItem(Item)).toEqual(write);
});

describe('writing a verification on a condition', () => {
  test('a write that knows the current version replaces it', async () => {
    // Prepare
    const { first, second } = await twoWrites('replaced');
    // Act
    const result = await store.write(first.verification, second);
    // Assess
    expect(result).toEqual({ kind: 'written' });
    expect(await store.read('replaced')).toEqual(carryWrite(second));
  });

  test.each<[string, (first: Verification) => Verification | null]>([
    ['no version', () => null],
    ['an older version', (first) => first],
  ])(
    'a write that does not know the current version changes nothing and returns the current verification: it knows %s',
    async (title, knownOf) => {
      // Prepare
      const id = `conflict after ${title}`;
      const { first, second } = await twoWrites(id);
      await store.write(first.verification, second);
      // Act
      const known = knownOf(first.verification);
      const result = await store.write(known, writeOf(known, transition('CANCELED', withId(id)), 'third'));
      // Assess
      expect(result).toEqual({ kind: 'conflict', found: carryWrite(second) });
      expect(await store.read(id)).toEqual(carryWrite(second));
    },
  );

  test('a repeated write succeeds, because the answer to the first write may be lost', async () => {
    // Prepare: send the same writes twice, as the SDK does after a lost answer.
    const { first, second } = await twoWrites('lost answer');
    // Act
    const again = await store.write(null, first);
    await store.write(first.verification, second);
    const secondAgain = await store.write(first.verification, second);
    // Assess
    expect([again, secondAgain]).toEqual([{ kind: 'written' }, { kind: 'written' }]);
  });

  test('a write finds no row if the row has expired since it was read', async () => {
    // Prepare
    const { first, second } = await twoWrites('expired');
    const Key = { verificationId: { S: 'expired' } };
    await dynamodb.client.send(new DeleteItemCommand({ TableName: table, Key }));
    // Act
    const result = await store.write(first.verification, second);
    // Assess
    expect(result).toEqual({ kind: 'conflict', found: null });
    expect(await store.read('expired')).toBeNull();
  });
});

describe('recordTransition on the table', () => {
  test('20 simultaneous deliveries get the sequences 1 to 20', async () => {
    // Prepare
    const deliveries = Array.from({ length: 20 }, (_, index) =>
      incomingTransition(
        transition('START', { ...withId('simultaneous'), fingerprint: `${index}`, origin: step }),
        randomUUID(),
      ),
    );
    // Act
    const recorded = await Promise.all(deliveries.map((each) => recordTransition(store, each)));
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
    const recording = recordTransition(store, incoming).finally(() => mock.restore());
    // Assess
    await expect(recording).rejects.toBe(fault);
  });
});
