import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { IdvError } from '../../shared/platform/errors.ts';
import { createPowertoolsTelemetry } from '../../shared/platform/telemetry.ts';

class OurError extends IdvError {
  override readonly name = 'OurError';
}

/** All lines that Powertools wrote, with any console method. */
const written: string[] = [];
beforeEach(() => {
  written.length = 0;
  // Without this environment variable, Powertools does not write to the global console, which this test reads.
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, method).mockImplementation((line) => void written.push(String(line)));
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
  createPowertoolsTelemetry('a-service', { provider: 'idnow' }).error('it failed', error, {
    verificationId: 'an-id',
  });
  // Assess
  expect(logged()).toMatchObject([
    { level: 'ERROR', message: 'it failed', service: 'a-service', verificationId: 'an-id', ...expected },
  ]);
  expect(written.join()).not.toMatch(/ERIKA|MUSTERMANN|stack/);
});

test('the log lines of info and warn contain the given fields unchanged', () => {
  const telemetry = createPowertoolsTelemetry('a-service', {});
  telemetry.info('done', { sequence: 3, reason: null });
  telemetry.warn('odd', { reason: 'seen' });
  expect(logged()).toMatchObject([
    { level: 'INFO', message: 'done', sequence: 3 },
    { level: 'WARN', message: 'odd', reason: 'seen' },
  ]);
});

test('flush writes each metric once, with its dimensions', () => {
  // Prepare
  const telemetry = createPowertoolsTelemetry('a-service', { provider: 'idnow' });
  // Act
  telemetry.count('DeliveriesAccepted');
  telemetry.count('UnknownReasons', 2);
  telemetry.flush();
  // Assess
  expect(logged()).toMatchObject([
    {
      provider: 'idnow',
      service: 'a-service',
      DeliveriesAccepted: 1,
      UnknownReasons: 2,
      _aws: { CloudWatchMetrics: [{ Namespace: 'IdvWebhooks', Dimensions: [['service', 'provider']] }] },
    },
  ]);
});

test('after a flush, the metrics start again at zero, and their dimensions stay', () => {
  const telemetry = createPowertoolsTelemetry('a-service', { provider: 'idnow' });
  telemetry.count('DeliveriesAccepted');
  telemetry.flush();
  telemetry.count('DeliveriesStale');
  telemetry.flush();
  const [, second] = logged();
  expect(second).toMatchObject({ provider: 'idnow', DeliveriesStale: 1 });
  expect(second).not.toHaveProperty('DeliveriesAccepted');
});
