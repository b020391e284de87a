import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, expect, test } from 'vitest';
import { countOpenQuarantine } from '../../shared/quarantine/count-open-quarantine.ts';
import { recordedTelemetry } from '../support/recorded-telemetry.ts';

const dynamodb = mockClient(DynamoDBClient);
afterAll(() => dynamodb.restore());
afterEach(() => dynamodb.reset());

function underTest(providers: readonly string[]) {
  const telemetry = recordedTelemetry();
  const client = new DynamoDBClient({ region: 'eu-west-1' });
  const handler = countOpenQuarantine({ dynamodb: client, table: 'History', providers, telemetry });
  return { handler, telemetry };
}

const entry = (key: string) => ({ openQuarantine: { S: key } });

test('the open quarantine of each provider is counted over all pages of the index', async () => {
  // Prepare
  const { handler, telemetry } = underTest(['idnow', 'datakeen']);
  const start = { subject: { S: 'quarantine:idnow:2026-11-28:1' }, at: { S: 'x' } };
  const index = { TableName: 'History', IndexName: 'openQuarantine' };
  dynamodb
    .on(ScanCommand, index)
    .resolves({
      Items: [entry('idnow:2026-11-28:1'), entry('idnow:2020-01-01:9')],
      LastEvaluatedKey: start,
    })
    .on(ScanCommand, { ...index, ExclusiveStartKey: start })
    .resolves({ Items: [entry('idnow:2026-11-28:2')] });
  // Act
  await handler();
  // Assess
  expect(telemetry.countsOfProviders).toEqual({ 'idnow QuarantineOpen': 3, 'datakeen QuarantineOpen': 0 });
  expect(telemetry.flushes).toBe(1);
  expect(dynamodb.commandCalls(ScanCommand)).toHaveLength(2);
});

test('a provider whose section was removed from the stage is counted, too', async () => {
  const { handler, telemetry } = underTest(['idnow']);
  dynamodb.on(ScanCommand).resolves({ Items: [entry('id360:2026-11-28:1')] });

  await handler();

  expect(telemetry.countsOfProviders).toEqual({ 'idnow QuarantineOpen': 0, 'id360 QuarantineOpen': 1 });
});
