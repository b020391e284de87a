import { expect, test } from 'vitest';
import { countStoredBytes } from '../../local/bench/system/stored-items.ts';

const put = (TableName: string, Item: object) => ({
  service: 'dynamodb',
  operation: 'PutItem',
  status: 200,
  requestBody: JSON.stringify({ TableName, Item }),
  answerBody: '{}',
});
const everyTable = () => true;
const factsOf = async (table: string) => ({
  isInfrequent: table === 'rare',
  key: ['id'],
  indexKeys: [['kind', 'id']],
});

test('an item takes its size and 100 bytes, and so does its entry in an index', async () => {
  const inNoIndex = put('often', { id: { S: 'a' }, text: { S: 'xx' } });
  const inIndex = put('rare', { id: { S: 'a' }, kind: { S: 'k' }, text: { S: 'xx' } });

  expect(await countStoredBytes(factsOf, [inNoIndex], everyTable)).toEqual({
    tableBytes: 3 + 6 + 100,
    infrequentTableBytes: 0,
  });
  expect(await countStoredBytes(factsOf, [inIndex], everyTable)).toEqual({
    tableBytes: 3 + 5 + 6 + 100 + (3 + 5 + 100),
    infrequentTableBytes: 3 + 5 + 6 + 100 + (3 + 5 + 100),
  });
});

test('a later item with the same key replaces the earlier one, and failed writes store nothing', async () => {
  const first = put('often', { id: { S: 'a' }, text: { S: 'x'.repeat(500) } });
  const second = put('often', { id: { S: 'a' }, text: { S: 'xx' } });
  const failed = { ...put('often', { id: { S: 'b' } }), status: 400 };

  const { tableBytes } = await countStoredBytes(factsOf, [first, second, failed], everyTable);

  expect(tableBytes).toBe(3 + 6 + 100);
});

test('items of tables that are not kept do not count', async () => {
  const stored = await countStoredBytes(factsOf, [put('often', { id: { S: 'a' } })], () => false);
  expect(stored.tableBytes).toBe(0);
});
