import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createCloudWatchMetrics } from '../../local/operations/sources/cloudwatch-metrics.ts';
import { createCloudWatchRequestLog } from '../../local/operations/sources/cloudwatch-request-log.ts';
import type { MetricQuery } from '../../shared/operations/stack/metrics-reader.ts';

// No emulator of this project has logs or metrics of CloudWatch.
const logs = mockClient(CloudWatchLogsClient);
const cloudWatch = mockClient(CloudWatchClient);
afterAll(() => {
  logs.restore();
  cloudWatch.restore();
});
beforeEach(() => {
  logs.reset();
  cloudWatch.reset();
});
const region = { region: 'eu-west-1' };
const since = new Date('2026-11-22T10:00:00Z');

const accessLine = (requestId: string, status: string) =>
  JSON.stringify({
    requestId,
    time: '22/Nov/2026:10:15:00 +0000',
    sourceIp: '192.0.2.1',
    method: 'POST',
    resource: '/webhooks/idnow',
    status,
    reason: '-',
  });

test('the requests of a stage are all pages of its access log, with the reasons of its receivers', async () => {
  logs
    .on(FilterLogEventsCommand, { logGroupName: 'access' })
    .resolvesOnce({ events: [{ message: accessLine('r1', '401') }], nextToken: 'more' })
    .resolvesOnce({ events: [{ message: accessLine('r2', '403') }, { message: 'no JSON' }] });
  logs.on(FilterLogEventsCommand, { logGroupName: 'receive-idnow' }).resolves({
    events: [
      { message: '{"level":"WARN","message":"delivery refused","reason":"credential","requestId":"r1"}' },
    ],
  });

  const log = createCloudWatchRequestLog({ accessLog: 'access', receivers: ['receive-idnow'] }, region);
  const requests = await log.read({ since, refusedOnly: true });

  expect(requests.map(({ requestId, status, reason }) => [requestId, status, reason])).toEqual([
    ['r1', 401, 'credential'],
    ['r2', 403, null],
  ]);
  const [first] = logs.commandCalls(FilterLogEventsCommand, { logGroupName: 'access' });
  expect(first?.args[0].input).toMatchObject({
    startTime: since.getTime(),
    filterPattern: '{ ($.status = "4*") || ($.status = "5*") }',
  });
  const [receiver] = logs.commandCalls(FilterLogEventsCommand, { logGroupName: 'receive-idnow' });
  expect(receiver?.args[0].input.filterPattern).toBe(
    '{ ($.message = "delivery refused") || ($.message = "delivery quarantined") || ($.message = "the delivery could not be stored") }',
  );
});

test('a stage without an access log says how to get one', async () => {
  const log = createCloudWatchRequestLog({ accessLog: undefined, receivers: [] }, region);
  await expect(log.read({ since, refusedOnly: true })).rejects.toThrow(
    'set edge.cloudWatchRole of the stage',
  );
});

test('metrics are read with the dimensions of the stage and the provider, 500 series and all pages at a time', async () => {
  const queries: MetricQuery[] = [
    { metric: 'WritesRelayed', provider: null, statistic: 'Sum' },
    { metric: 'RelayLagSeconds', provider: 'idnow', statistic: 'Maximum' },
    ...Array.from(
      { length: 499 },
      () => ({ metric: 'LoginsFailed', provider: 'x', statistic: 'Sum' }) as const,
    ),
  ];
  const [early, late] = [new Date('2026-11-22T10:05:00Z'), new Date('2026-11-22T10:10:00Z')];
  cloudWatch
    .on(GetMetricDataCommand)
    .resolvesOnce({ MetricDataResults: [{ Id: 'q0', Timestamps: [early], Values: [2] }], NextToken: 'more' })
    .resolvesOnce({ MetricDataResults: [{ Id: 'q0', Timestamps: [late], Values: [3] }] })
    .resolvesOnce({ MetricDataResults: [{ Id: 'q500', Timestamps: [late], Values: [7] }] });

  const series = await createCloudWatchMetrics('live', region).read(queries, {
    since,
    until: late,
    periodSeconds: 300,
  });

  expect(series).toHaveLength(501);
  expect(series[0]).toEqual({
    ...queries[0],
    points: [
      { at: early.toISOString(), value: 2 },
      { at: late.toISOString(), value: 3 },
    ],
  });
  expect(series[1]?.points).toEqual([]);
  expect(series[500]?.points).toEqual([{ at: late.toISOString(), value: 7 }]);
  const calls = cloudWatch.commandCalls(GetMetricDataCommand).map(({ args }) => args[0].input);
  expect(calls.map(({ MetricDataQueries = [] }) => MetricDataQueries.length)).toEqual([500, 500, 1]);
  expect(calls[0]).toMatchObject({ StartTime: since, EndTime: late, ScanBy: 'TimestampAscending' });
  expect(calls[0]?.MetricDataQueries?.slice(0, 2).map(({ MetricStat }) => MetricStat)).toEqual([
    {
      Metric: {
        Namespace: 'IdvWebhooks',
        MetricName: 'WritesRelayed',
        Dimensions: [{ Name: 'stage', Value: 'live' }],
      },
      Period: 300,
      Stat: 'Sum',
    },
    {
      Metric: {
        Namespace: 'IdvWebhooks',
        MetricName: 'RelayLagSeconds',
        Dimensions: [
          { Name: 'stage', Value: 'live' },
          { Name: 'provider', Value: 'idnow' },
        ],
      },
      Period: 300,
      Stat: 'Maximum',
    },
  ]);
});
