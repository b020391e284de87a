import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDynamoHistory, type History } from '../../shared/verifications/history.ts';
import { parseHistoryItem } from '../../shared/verifications/history-row.ts';
import { makeDelivery } from '../support/deliveries.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../support/dynamodb.ts';
import { makeEvent } from '../support/make-event.ts';

const table = 'history';

let dynamodb: DynamoDbUnderTest;
let history: History;
beforeAll(async () => {
  dynamodb = await startDynamoDb();
  await dynamodb.createTable(table, 'subject', 'at');
  history = createDynamoHistory(dynamodb.client, table, 24 * 3600);
});
afterAll(() => dynamodb?.stop());

async function rowsOf(subject: string) {
  const { Items = [] } = await dynamodb.client.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'subject = :subject',
      ExpressionAttributeValues: { ':subject': { S: subject } },
    }),
  );
  return Items.map(parseHistoryItem);
}

const accept = (verificationId: string, deliveryId: string) =>
  history.recordWrite({
    verificationId,
    version: deliveryId,
    event: makeEvent(verificationId, 1, { receivedAt: '2026-11-22T12:00:00Z' }),
    delivery: makeDelivery({ deliveryId }),
  });

const drop = (verificationId: string, deliveryId: string) =>
  history.recordDelivery(makeDelivery({ deliveryId }), {
    decision: 'duplicate',
    reason: 'seen',
    verificationId,
  });

test.each([
  ['accepted', accept],
  ['dropped', drop],
] as const)('a delivery that is recorded twice has one row: it was %s', async (title, record) => {
  const verificationId = `idnow:c:twice-${title}`;
  await record(verificationId, 'once');
  await record(verificationId, 'once');
  expect(await rowsOf(verificationId)).toHaveLength(1);
});

test('the rows of a verification are in the order of their times, and each has its delivery', async () => {
  // Prepare
  const verificationId = 'idnow:c:in-order';
  const later = makeDelivery({ deliveryId: 'a', receivedAt: '2026-11-22T12:00:01Z' });
  // Act
  await history.recordDelivery(later, { decision: 'stale', reason: 'after-final', verificationId });
  await accept(verificationId, 'b');
  // Assess
  const rows = await rowsOf(verificationId);
  expect(rows.map(({ decision, delivery }) => [decision, delivery?.deliveryId])).toEqual([
    ['accepted', 'b'],
    ['stale', 'a'],
  ]);
});

describe('a delivery that was accepted although the answer of DynamoDB was lost', () => {
  test.each([
    ['before', [accept, drop]],
    ['after', [drop, accept]],
  ] as const)(
    'an accepted delivery stays accepted in the history, even if it is also recorded as a duplicate: %s its acceptance',
    async (when, records) => {
      // Prepare
      const verificationId = `idnow:c:twin-${when}`;
      // Act
      for (const record of records) await record(verificationId, 'twin');
      // Assess
      const rows = await rowsOf(verificationId);
      expect(rows.map(({ decision, reason, sequence }) => [decision, reason, sequence])).toEqual([
        ['accepted', null, 1],
      ]);
    },
  );
});
