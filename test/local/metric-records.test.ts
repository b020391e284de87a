import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { createLocalMetrics } from '../../local/operations/sources/local-records.ts';
import { getListeningPort } from '../../local/stack/http/free-port.ts';
import { createMetricRecords } from '../../local/stack/records/metric-records.ts';
import { buildMetricsLine } from '../../shared/platform/embedded-metrics.ts';

const at = (time: string) => new Date(`2026-11-22T${time}Z`);

/** Writes a line as a function that serves all providers writes it. */
function write(time: string, value: number, provider = 'idnow') {
  return buildMetricsLine(
    { stage: 'local', provider, service: 's' },
    [['stage', 'provider'], ['stage']],
    new Map([['MessagesParked', { unit: 'Count', value }]]),
    at(time).getTime(),
  );
}

test('the local stack reads the metrics in the log lines of functions, and serves them as series', async () => {
  const records = createMetricRecords();
  for (const line of [
    write('10:00:10', 2),
    write('10:00:50', 5),
    write('10:04:00', 1, 'id360'),
    write('10:05:00', 1),
    'no metrics',
    '{"_aws": no JSON',
    '{"_aws":{}}',
    '{"level":"INFO"}',
  ]) {
    records.addLogLine(line);
  }
  const server = createServer((_, response) => response.end(JSON.stringify(records.list()))).listen(0);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const metrics = createLocalMetrics(`http://127.0.0.1:${getListeningPort(server.address())}`);
  const period = { since: at('10:01:00'), until: at('11:00:00'), periodSeconds: 300 };
  const query = { metric: 'MessagesParked', provider: 'idnow', statistic: 'Sum' } as const;

  const [sum, maximum, ofStage] = await metrics.read(
    [query, { ...query, statistic: 'Maximum' }, { ...query, provider: null }],
    period,
  );

  const five = at('10:05:00').toISOString();
  const zero = at('10:00:00').toISOString();
  expect(sum?.points).toEqual([
    { at: zero, value: 7 },
    { at: five, value: 1 },
  ]);
  expect(maximum?.points[0]).toEqual({ at: zero, value: 5 });
  expect(ofStage?.points).toEqual([
    { at: zero, value: 8 },
    { at: five, value: 1 },
  ]);
});

test('the local stack forgets metrics after 24 hours', () => {
  const records = createMetricRecords();
  records.addLogLine(write('10:00:00', 1));
  const dayLater = buildMetricsLine(
    { stage: 'local' },
    [['stage']],
    new Map([['CasesDeleted', { unit: 'Count', value: 1 }]]),
    at('10:01:00').getTime() + 24 * 3600_000,
  );
  records.addLogLine(dayLater);
  expect(records.list().minutes.map(({ metric }) => metric)).toEqual(['CasesDeleted']);
});
