import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { IdvError } from '../../shared/platform/errors.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';

class OurError extends IdvError {
  override readonly name = 'OurError';
}

/** All lines that the telemetry wrote to standard output. */
const written: string[] = [];
beforeEach(() => {
  written.length = 0;
  vi.stubEnv('STAGE', 'live');
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const logged = () => written.map((line) => JSON.parse(line));

test.each<[string, unknown, object]>([
  [
    'our own error',
    new OurError('the setting X is missing'),
    { error: 'OurError', detail: 'the setting X is missing' },
  ],
  ['a foreign error', new TypeError('cannot read ERIKA of MUSTERMANN'), { error: 'TypeError' }],
  [
    'a foreign error with more members',
    Object.assign(new Error('ERIKA'), { name: 'ValidationException', $response: { body: 'MUSTERMANN' } }),
    { error: 'ValidationException' },
  ],
  [
    'our own error with a foreign cause',
    new OurError('cannot be read', { cause: new Error('ERIKA') }),
    { error: 'OurError', detail: 'cannot be read' },
  ],
  ['a text', 'ERIKA', { error: 'string' }],
  ['undefined', undefined, { error: 'undefined' }],
])('the log line of an error contains no personal data: %s', (_title, error, expected) => {
  // Act
  createTelemetry('a-service', { provider: 'idnow' }).error('it failed', error, {
    verificationId: 'an-id',
  });
  // Assess
  expect(logged()).toMatchObject([
    { level: 'ERROR', message: 'it failed', service: 'a-service', verificationId: 'an-id', ...expected },
  ]);
  expect(written.join()).not.toMatch(/ERIKA|MUSTERMANN|stack/);
});

test('the log lines of info and warn contain the given fields unchanged', () => {
  const telemetry = createTelemetry('a-service', {});
  telemetry.info('done', { sequence: 3, reason: null });
  telemetry.warn('odd', { reason: 'seen' });
  expect(logged()).toMatchObject([
    { level: 'INFO', message: 'done', sequence: 3 },
    { level: 'WARN', message: 'odd', reason: 'seen' },
  ]);
});

test('flush writes each metric once, with its dimensions', () => {
  // Prepare
  const telemetry = createTelemetry('a-service', { provider: 'idnow' });
  // Act
  telemetry.count('DeliveriesAccepted');
  telemetry.count('UnknownReasons', 2);
  telemetry.flush();
  // Assess
  expect(logged()).toMatchObject([
    {
      provider: 'idnow',
      service: 'a-service',
      stage: 'live',
      DeliveriesAccepted: 1,
      UnknownReasons: 2,
      _aws: { CloudWatchMetrics: [{ Namespace: 'IdvWebhooks', Dimensions: [['stage', 'provider']] }] },
    },
  ]);
});

test('after a flush, the metrics start again at zero, and their dimensions stay', () => {
  const telemetry = createTelemetry('a-service', { provider: 'idnow' });
  telemetry.count('DeliveriesAccepted');
  telemetry.flush();
  telemetry.count('DeliveriesStale');
  telemetry.flush();
  const [, second] = logged();
  expect(second).toMatchObject({ provider: 'idnow', DeliveriesStale: 1 });
  expect(second).not.toHaveProperty('DeliveriesAccepted');
});

test('a function without metrics writes no line at a flush', () => {
  createTelemetry('a-service', { provider: 'idnow' }).flush();
  expect(written).toEqual([]);
});

test('lines are complete, with the time, and with the X-Ray trace of the invocation if there is one', () => {
  // Prepare
  const now = () => new Date('2026-11-22T10:15:00.123Z');
  const telemetry = createTelemetry('a-service', { provider: 'idnow' }, now);
  // Act
  telemetry.info('without a trace', {});
  vi.stubEnv(
    '_X_AMZN_TRACE_ID',
    'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=557abcec3ee5a047;Sampled=1',
  );
  telemetry.info('with a trace', {});
  telemetry.count('DeliveriesAccepted');
  telemetry.flush();
  // Assess
  const timestamp = '2026-11-22T10:15:00.123Z';
  expect(written.every((line) => line.endsWith('}\n'))).toBe(true);
  expect(logged()).toEqual([
    { level: 'INFO', message: 'without a trace', timestamp, service: 'a-service' },
    {
      level: 'INFO',
      message: 'with a trace',
      timestamp,
      service: 'a-service',
      xray_trace_id: '1-5759e988-bd862e3fe1be46a994272793',
    },
    {
      _aws: {
        Timestamp: Date.parse(timestamp),
        CloudWatchMetrics: [
          {
            Namespace: 'IdvWebhooks',
            Dimensions: [['stage', 'provider']],
            Metrics: [{ Name: 'DeliveriesAccepted', Unit: 'Count' }],
          },
        ],
      },
      service: 'a-service',
      stage: 'live',
      provider: 'idnow',
      DeliveriesAccepted: 1,
    },
  ]);
});

test('of the times that are measured before a flush, the longest is written, in seconds', () => {
  // Prepare
  const telemetry = createTelemetry('a-service', { provider: 'idnow' });
  // Act
  for (const seconds of [0.5, 2, 1]) telemetry.measure('AnswerSeconds', seconds);
  telemetry.flush();
  // Assess
  expect(logged()).toMatchObject([
    {
      AnswerSeconds: 2,
      _aws: { CloudWatchMetrics: [{ Metrics: [{ Name: 'AnswerSeconds', Unit: 'Seconds' }] }] },
    },
  ]);
});

test('a function of all providers writes its metrics per provider and for the stage, with one line per provider', () => {
  // Prepare
  const telemetry = createTelemetry('relay-events', {});
  // Act
  telemetry.count('WritesRelayed', 3);
  telemetry.count('MessagesParked', 1, 'idnow');
  telemetry.measure('RelayLagSeconds', 4, 'id360');
  telemetry.flush();
  // Assess
  const lines = logged().map(({ _aws: { CloudWatchMetrics: metrics }, service, ...values }) => ({
    dimensions: metrics[0].Dimensions,
    values,
  }));
  const both = [['stage', 'provider'], ['stage']];
  expect(lines).toEqual([
    { dimensions: [['stage']], values: { stage: 'live', WritesRelayed: 3 } },
    { dimensions: both, values: { stage: 'live', provider: 'idnow', MessagesParked: 1 } },
    { dimensions: both, values: { stage: 'live', provider: 'id360', RelayLagSeconds: 4 } },
  ]);
});

test('telemetry accepts only metrics of the table', () => {
  const telemetry = createTelemetry('a-service', {});
  // @ts-expect-error: this metric is not in the table
  telemetry.count('NotInTheTable');
  // @ts-expect-error: a time is measured, not counted
  telemetry.count('AnswerSeconds');
  // @ts-expect-error: a counter is not measured
  telemetry.measure('DeliveriesAccepted', 1);
});
