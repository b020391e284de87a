import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { expect, it, onTestFinished } from 'vitest';
import { type FixtureResource, tableResource } from './fixture-assembly.ts';
import { runFixture } from './run-fixture.ts';

const table = {
  KeySchema: [{ AttributeName: 'subject', KeyType: 'HASH' }],
  AttributeDefinitions: [
    { AttributeName: 'subject', AttributeType: 'S' },
    { AttributeName: 'reference', AttributeType: 'S' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byReference',
      KeySchema: [{ AttributeName: 'reference', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
};
const TableClass = 'STANDARD_INFREQUENT_ACCESS';

it.each<[string, FixtureResource]>([
  ['a table', tableResource({ ...table, TableClass })],
  [
    'a global table, which has its class in its replica',
    {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: { ...table, Replicas: [{ Region: 'eu-west-1', TableClass }] },
    },
  ],
])('the local stack creates the indexes and the class of %s', async (_title, resource) => {
  const { stack } = await runFixture({
    resources: { History: resource },
    outputs: { table: { Value: { Ref: 'History' } } },
    bundles: {},
  });
  const { endpoints, region, credentials, outputs } = stack;
  const client = new DynamoDBClient({ endpoint: endpoints.dynamodb, region, credentials });
  onTestFinished(() => client.destroy());

  const { Table: created } = await client.send(new DescribeTableCommand({ TableName: outputs.table }));

  expect(created?.GlobalSecondaryIndexes).toMatchObject(table.GlobalSecondaryIndexes);
  expect(created?.TableClassSummary).toMatchObject({ TableClass });
});

it('a table in the data directory gets the stream that a later template adds', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'idv-webhooks-tables-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const start = (properties: object) =>
    runFixture(
      { resources: { History: tableResource({ ...table, ...properties }) }, outputs: {}, bundles: {} },
      { dataDir },
    );
  await (await start({})).stack.stop();

  const { stack } = await start({ StreamSpecification: { StreamViewType: 'NEW_IMAGE' } });

  const { endpoints, region, credentials } = stack;
  const client = new DynamoDBClient({ endpoint: endpoints.dynamodb, region, credentials });
  onTestFinished(() => client.destroy());
  const { TableNames: [name] = [] } = await client.send(new ListTablesCommand({}));
  const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
  expect(Table?.StreamSpecification).toEqual({ StreamEnabled: true, StreamViewType: 'NEW_IMAGE' });
});
