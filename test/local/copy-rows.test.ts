import { BatchWriteItemCommand, DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCopyRowsCommand } from '../../local/copy-rows/command.ts';
import { copyRows } from '../../local/copy-rows/copy-rows.ts';
import { emulatorCredentials, localRegion } from '../../local/stack/aws-account.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../support/dynamodb.ts';

let dynamodb: DynamoDbUnderTest;
beforeAll(async () => {
  dynamodb = await startDynamoDb();
});
afterAll(() => dynamodb?.stop());

const item = (index: number, content = `content ${index}`) => ({
  verificationId: { S: `idnow:demo:${String(index).padStart(3, '0')}` },
  content: { B: Buffer.from(content) },
});

/** Reads the content of all items, by key. */
async function readAll(TableName: string): Promise<Record<string, string>> {
  const { Items = [] } = await dynamodb.client.send(new ScanCommand({ TableName }));
  return Object.fromEntries(
    Items.map(({ verificationId, content }) => [
      verificationId?.S ?? '',
      Buffer.from(content?.B ?? []).toString(),
    ]),
  );
}

test('copy-rows copies all items with their binary content, replaces newer ones, and leaves others', async () => {
  // Prepare
  const from = await dynamodb.createTable('restored', 'verificationId');
  const to = await dynamodb.createTable('of-the-stack', 'verificationId');
  const put = (TableName: string, Item: ReturnType<typeof item>) =>
    dynamodb.client.send(new PutItemCommand({ TableName, Item }));
  for (let index = 0; index < 60; index++) await put(from, item(index));
  await put(to, item(7, 'newer'));
  await put(to, item(999));
  const lines: string[] = [];

  // Act
  const code = await runCopyRowsCommand(
    ['--from', from, '--to', to],
    { print: (line) => lines.push(line), complain: (line) => lines.push(line) },
    () =>
      new DynamoDBClient({
        endpoint: dynamodb.endpoint,
        region: localRegion,
        credentials: emulatorCredentials,
      }),
  );

  // Assess
  expect([code, lines]).toEqual([0, ['60 items copied']]);
  expect(await readAll(to)).toEqual({ ...(await readAll(from)), 'idnow:demo:999': 'content 999' });
});

test('copy-rows sends items again that DynamoDB leaves unprocessed', async () => {
  const client = mockClient(DynamoDBClient);
  const request = { PutRequest: { Item: item(1) } };
  client.on(ScanCommand).resolves({ Items: [item(1), item(2)] });
  client
    .on(BatchWriteItemCommand)
    .resolvesOnce({ UnprocessedItems: { to: [request] } })
    .resolves({});

  expect(await copyRows(new DynamoDBClient(), { from: 'from', to: 'to' })).toBe(2);

  const sent = client.commandCalls(BatchWriteItemCommand).map(({ args: [command] }) => command.input);
  expect(sent[1]).toEqual({ RequestItems: { to: [request] } });
  client.restore();
});

test.each([
  ['without tables', []],
  ['with one table twice', ['--from', 'a', '--to', 'a']],
])('copy-rows %s prints how to call it', async (_title, args) => {
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);

  expect(await runCopyRowsCommand(args, { print, complain: print })).toBe(2);
  expect(lines.join()).toContain('Usage: npx node local/copy-rows.ts');
});
