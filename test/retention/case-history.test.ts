import { CreateTableCommand, DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { emulatorCredentials, localRegion } from '../../local/stack/aws-account.ts';
import { createDynamoCaseHistory } from '../../shared/retention/case-history.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../support/dynamodb.ts';
import { type FaultyProxy, faultyProxy, operationOf } from '../support/faulty-proxy.ts';

let dynamodb: DynamoDbUnderTest;
let proxy: FaultyProxy;
let client: DynamoDBClient;
let table: string;
let tables = 0;
beforeAll(async () => {
  dynamodb = await startDynamoDb();
});
afterAll(() => dynamodb.stop());
beforeEach(async () => {
  table = `history-${tables++}`;
  await dynamodb.client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'subject', KeyType: 'HASH' },
        { AttributeName: 'at', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: ['subject', 'at'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    }),
  );
  proxy = faultyProxy();
  const endpoint = await proxy.intercept('dynamodb', dynamodb.endpoint);
  client = new DynamoDBClient({ endpoint, region: localRegion, credentials: emulatorCredentials });
});
afterEach(async () => {
  client.destroy();
  await proxy.stop();
});

const removedAt = new Date('2026-11-28T12:00:00Z');
const id = 'idnow:democompany:txn-1';
let pauses: number[] = [];
const deleteOld = () => {
  pauses = [];
  const history = createDynamoCaseHistory(client, table, async (milliseconds) => pauses.push(milliseconds));
  return history.deleteBefore(id, removedAt);
};

async function put(subject: string, at: string): Promise<void> {
  const Item = { subject: { S: subject }, at: { S: at }, body: { S: 'x'.repeat(30_000) } };
  await dynamodb.client.send(new PutItemCommand({ TableName: table, Item }));
}

async function rows(): Promise<string[]> {
  const { Items = [] } = await dynamodb.client.send(
    new ScanCommand({
      TableName: table,
      ProjectionExpression: 'subject, #at',
      ExpressionAttributeNames: { '#at': 'at' },
    }),
  );
  return Items.map(({ subject, at }) => `${subject?.S} ${at?.S}`).toSorted();
}

const batchSizes = () =>
  proxy.calls
    .filter((call) => operationOf(call) === 'BatchWriteItem')
    .map(({ body }) => JSON.parse(body).RequestItems[table].length);

test('all rows of a verification that are older than the removal of its row are deleted, in batches of 25', async () => {
  // Prepare
  const kept = [
    ['idnow:democompany:txn-10', '2026-11-20T10:00:00.000Z#a'],
    [id, '2026-11-28T12:00:00.000Z'],
    [id, '2026-11-28T12:00:00.000Z#next-generation'],
    [id, '2026-11-28T12:00:07.000Z#next-generation'],
    ['quarantine:idnow:2026-11-20:3', '2026-11-20T10:00:00.000Z#b'],
  ] as const;
  for (const [subject, at] of kept) await put(subject, at);
  // 60 rows of 30 KB are more than the 1 MB of one page of a query.
  for (let index = 0; index < 60; index += 1) await put(id, `2026-11-28T11:59:59.999Z#${index}`);

  // Act
  const count = await deleteOld();

  // Assess
  expect(count).toBe(60);
  expect(await rows()).toEqual(kept.map((row) => row.join(' ')).toSorted());
  expect(Math.max(...batchSizes())).toBeLessThanOrEqual(25);
  expect(proxy.calls.filter((call) => operationOf(call) === 'Query').length).toBeGreaterThan(1);
});

test('deleting the history of a verification twice deletes nothing the second time', async () => {
  await put(id, '2026-11-20T10:00:00.000Z#a');

  expect(await deleteOld()).toBe(1);
  expect(await deleteOld()).toBe(0);
});

test('rows that DynamoDB does not process are deleted again, after pauses that grow', async () => {
  // Prepare
  for (let index = 0; index < 3; index += 1) await put(id, `2026-11-20T10:00:00.000Z#${index}`);
  let refusals = 2;
  proxy.judge = (call) => {
    if (operationOf(call) !== 'BatchWriteItem' || refusals-- <= 0) return 'pass';
    return { answer: { UnprocessedItems: JSON.parse(call.body).RequestItems } };
  };

  // Act
  const count = await deleteOld();

  // Assess
  expect(count).toBe(3);
  expect(await rows()).toEqual([]);
  expect(pauses).toEqual([50, 100]);
});

test('the deletion fails if DynamoDB never processes a row, so that Lambda tries again', async () => {
  // Prepare
  await put(id, '2026-11-20T10:00:00.000Z#a');
  proxy.judge = (call) =>
    operationOf(call) === 'BatchWriteItem'
      ? { answer: { UnprocessedItems: JSON.parse(call.body).RequestItems } }
      : 'pass';

  // Act
  const deletion = deleteOld();

  // Assess
  await expect(deletion).rejects.toThrow('DynamoDB left 1 rows of a batch');
  expect(batchSizes()).toHaveLength(8);
});
