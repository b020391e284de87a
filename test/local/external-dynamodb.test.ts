import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { emulatorCredentials, localRegion } from '../../local/stack/aws-account.ts';
import { CleanupList } from '../../local/stack/cleanup.ts';
import { startDynoxide } from '../../local/stack/emulators/dynoxide.ts';
import { findDynoxideCommand } from '../../local/stack/emulators/dynoxide-command.ts';
import { assertDynamoDbFeatures } from '../../local/stack/emulators/required-features.ts';
import type { LocalStack } from '../../local/stack/local-stack.ts';
import { eventually } from '../support/eventually.ts';
import { type AwsCall, faultyProxy, operationOf, type Verdict } from '../support/faulty-proxy.ts';
import { type Fixture, functionResource, streamMapping, tableResource } from './fixture-assembly.ts';
import { runFixture } from './run-fixture.ts';

const cleanup = new CleanupList();
let url = '';
let client: DynamoDBClient;

beforeAll(async () => {
  url = await startDynoxide(findDynoxideCommand(import.meta.url), undefined, cleanup);
  client = new DynamoDBClient({ endpoint: url, region: localRegion, credentials: emulatorCredentials });
});
afterAll(async () => {
  client.destroy();
  await cleanup.run();
});

async function tableNames(): Promise<string[]> {
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  return TableNames;
}

/** Returns an error in the format of DynamoDB. */
const errorAnswer = (type: string): Verdict => ({
  status: 400,
  answer: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'refused by the test' },
});

const unknownOperation = (name: string) => (call: AwsCall) =>
  operationOf(call) === name ? errorAnswer('UnknownOperationException') : 'pass';

/** Returns a function that returns true only for the second `PutItem` request with a condition. */
function secondConditionalPut(): (call: AwsCall) => boolean {
  let puts = 0;
  return (call) => {
    if (operationOf(call) !== 'PutItem' || !call.body.includes('ConditionExpression')) return false;
    puts += 1;
    return puts === 2;
  };
}

const streams = 'streams (StreamSpecification, GetRecords)';
const indexes = 'global secondary indexes (GlobalSecondaryIndexes)';
const timeToLive = 'time to live (UpdateTimeToLive)';
const oldItem = 'the old item on a failed condition (ReturnValuesOnConditionCheckFailure)';

describe('a DynamoDB at DYNAMODB_ENDPOINT', () => {
  it.each(['notaurl', 'localhost:8000', 'ftp://localhost'])(
    'the local stack names DYNAMODB_ENDPOINT if its value is no HTTP URL: %s',
    async (endpoint) => {
      vi.stubEnv('DYNAMODB_ENDPOINT', endpoint);
      onTestFinished(() => {
        vi.unstubAllEnvs();
      });

      await expect(runFixture({ resources: {}, bundles: {} })).rejects.toThrow(
        `DYNAMODB_ENDPOINT is no HTTP URL: ${endpoint}. Example: http://127.0.0.1:8000`,
      );
    },
  );

  it.each([
    {
      fault: 'refuses a table with a stream',
      lacks: streams,
      judge: () => (call: AwsCall) =>
        operationOf(call) === 'CreateTable' && call.body.includes('StreamSpecification')
          ? errorAnswer('ValidationException')
          : 'pass',
    },
    {
      fault: 'refuses a table with an index',
      lacks: indexes,
      judge: () => (call: AwsCall) =>
        operationOf(call) === 'CreateTable' && call.body.includes('GlobalSecondaryIndexes')
          ? errorAnswer('ValidationException')
          : 'pass',
    },
    {
      fault: 'finds no item in an index',
      lacks: indexes,
      judge: () => (call: AwsCall) =>
        operationOf(call) === 'Query' ? { answer: { Items: [], Count: 0 } } : 'pass',
    },
    {
      fault: 'does not know DescribeStream',
      lacks: streams,
      judge: () => unknownOperation('DescribeStream'),
    },
    {
      fault: 'returns no stream records',
      lacks: streams,
      judge: () => (call: AwsCall) =>
        operationOf(call) === 'GetRecords' ? { answer: { Records: [], NextShardIterator: 'i' } } : 'pass',
    },
    {
      fault: 'does not know UpdateTimeToLive',
      lacks: timeToLive,
      judge: () => unknownOperation('UpdateTimeToLive'),
    },
    {
      fault: 'ignores UpdateTimeToLive',
      lacks: timeToLive,
      judge: () => (call: AwsCall) =>
        operationOf(call) === 'DescribeTimeToLive'
          ? { answer: { TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } } }
          : 'pass',
    },
    {
      fault: 'omits the old item when a condition fails',
      lacks: oldItem,
      judge: () => {
        const meets = secondConditionalPut();
        return (call: AwsCall) => (meets(call) ? errorAnswer('ConditionalCheckFailedException') : 'pass');
      },
    },
    {
      fault: 'ignores conditions',
      lacks: oldItem,
      judge: () => {
        const meets = secondConditionalPut();
        return (call: AwsCall) => (meets(call) ? { answer: {} } : 'pass');
      },
    },
  ])(
    'the local stack refuses an external DynamoDB that $fault, and names the missing feature',
    async ({ judge, lacks }) => {
      const proxy = faultyProxy();
      onTestFinished(() => proxy.stop());
      const endpoint = await proxy.intercept('dynamodb', url);
      proxy.judge = judge();

      const checked = assertDynamoDbFeatures(endpoint);

      await expect(checked).rejects.toThrow(
        `The DynamoDB at ${endpoint} (DYNAMODB_ENDPOINT) lacks ${lacks}. Use`,
      );
      expect(await tableNames(), 'the table of the check is deleted').toEqual([]);
    },
  );

  it('the local stack lists all missing features of an external DynamoDB in one error', async () => {
    const proxy = faultyProxy();
    onTestFinished(() => proxy.stop());
    const endpoint = await proxy.intercept('dynamodb', url);
    proxy.judge = (call) =>
      ['DescribeStream', 'UpdateTimeToLive'].includes(operationOf(call))
        ? errorAnswer('UnknownOperationException')
        : 'pass';

    await expect(assertDynamoDbFeatures(endpoint)).rejects.toThrow(`lacks ${timeToLive}, ${streams}.`);
  });

  it('the local stack accepts an external DynamoDB with all features, and deletes its test table', async () => {
    await assertDynamoDbFeatures(url);

    expect(await tableNames()).toEqual([]);
  });
});

/** A fixture with a table, and a function that logs the records of the table's stream. */
const fixture: Fixture = {
  resources: {
    Cases: tableResource({ StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } }),
    Relay: functionResource('relay', { Environment: { Variables: { TABLE: { Ref: 'Cases' } } } }),
    Mapping: streamMapping('Cases', 'Relay'),
  },
  outputs: { table: { Value: { Ref: 'Cases' } } },
  bundles: {
    relay: `exports.handler = async ({ Records }) => {
      console.log(JSON.stringify([process.env.TABLE, ...Records.map(({ dynamodb }) => dynamodb.Keys.id.S)]));
    };`,
  },
};

const tableOf = ({ outputs }: LocalStack) => outputs.table ?? '';

describe('two stacks on one DynamoDB', () => {
  beforeEach(() => {
    vi.stubEnv('DYNAMODB_ENDPOINT', url);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('two local stacks on one external DynamoDB use different tables', async () => {
    // Prepare
    const first = await runFixture(fixture);
    const second = await runFixture(fixture);
    const tables = [first, second].map(({ stack }) => tableOf(stack));

    // Act
    await client.send(new PutItemCommand({ TableName: tables[0], Item: { id: { S: 'of the first' } } }));
    await client.send(new PutItemCommand({ TableName: tables[1], Item: { id: { S: 'of the second' } } }));

    // Assess
    await eventually(() => {
      expect(first.seen('relay')).toEqual([[tables[0], 'of the first']]);
      expect(second.seen('relay')).toEqual([[tables[1], 'of the second']]);
    });
    expect(new Set(tables).size).toBe(2);
    for (const name of tables) expect(name).toMatch(/^Fixture-Cases-[0-9a-f]{8}$/);
  });

  it('a local stack on an external DynamoDB deletes its tables when it stops', async () => {
    const { stack } = await runFixture(fixture);
    expect(await tableNames()).toEqual([tableOf(stack)]);

    await stack.stop();

    expect(await tableNames()).toEqual([]);
  });

  it('a local stack with a data directory keeps its tables and their names in an external DynamoDB', async () => {
    // Prepare
    const dataDir = await mkdtemp(join(tmpdir(), 'data-'));
    onTestFinished(() => rm(dataDir, { recursive: true }));

    // Act
    const names: string[] = [];
    for (const _run of ['first', 'second']) {
      const { stack } = await runFixture(fixture, { dataDir });
      names.push(tableOf(stack));
      await stack.stop();
    }

    // Assess
    expect(names[0]).toBe(names[1]);
    expect(await tableNames()).toEqual([names[0]]);
  });
});

it('a local stack with its own DynamoDB emulator uses the table names from the template', async () => {
  const { stack } = await runFixture(fixture);

  expect(tableOf(stack)).toBe('Fixture-Cases');
});
