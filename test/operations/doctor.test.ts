import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { alarmRings } from '../../shared/operations/doctor/alarm-rings.ts';
import { diagnose } from '../../shared/operations/doctor/diagnose.ts';
import { measureAlarms, measureSilence } from '../../shared/operations/doctor/measure-metrics.ts';
import type { Measurements, MetricAlarm } from '../../shared/operations/doctor/measurements.ts';
import { findWaitingSince } from '../../shared/operations/doctor/relay-waits.ts';
import type { MetricPoint, MetricQuery } from '../../shared/operations/stack/metrics-reader.ts';
import type { OperatedStack } from '../../shared/operations/stack/operated-stack.ts';

const now = new Date('2026-11-22T12:00:00Z');
const at = (time: string) => `2026-11-22T${time}:00.000Z`;
const points = (...times: string[]): MetricPoint[] => times.map((time) => ({ at: at(time), value: 1 }));

const alarm: MetricAlarm = {
  metric: 'LoginsFailed',
  statistic: 'Sum',
  threshold: 1,
  periodMinutes: 5,
  periods: 1,
  of: 'each provider',
  description: 'Logins failed.',
  runbook: 'Logins are refused',
};

const sick: Measurements['parts'] = {
  'events queue': { messages: 5, deadLetters: 2 },
  'evidence jobs': { idnow: { messages: 3, deadLetters: 1 }, id360: { messages: 0, deadLetters: 0 } },
  relay: { waitingSince: at('09:57'), lagSeconds: 0 },
  quarantine: { idnow: 2, id360: 0 },
  lookups: { idnow: 1, id360: 0 },
  secrets: [
    { provider: 'idnow', secret: 'webhook', report: { kind: 'empty' } },
    { provider: 'idnow', secret: 'api', report: { kind: 'malformed', problems: 'is not JSON' } },
    { provider: 'id360', secret: 'api', report: { kind: 'complete' } },
  ],
  'parked objects': { parked: 1, failedRecords: 2 },
  'silent providers': { id360: 24 },
  alarms: [
    { alarm: { ...alarm, metric: 'UnknownReasons', description: 'A code is unknown.' }, provider: 'idnow' },
    { alarm, provider: 'id360' },
  ],
};
const diagnoseParts = (parts: Measurements['parts']) =>
  diagnose({ at: now.toISOString(), parts, failures: {} });

describe('the faults of idv doctor', () => {
  test('the doctor names each fault, and urgent ones come first', () => {
    expect(diagnoseParts(sick).map(({ urgency, what }) => [urgency, what])).toEqual([
      ['urgent', 'Writes wait for the relay for 2 h 3 min'],
      ['urgent', 'The webhook secret of idnow is empty'],
      ['urgent', 'The api secret of idnow is malformed: is not JSON'],
      ['urgent', '1 message or record is parked'],
      ['urgent', '2 batches of records failed for 12 hours'],
      ['urgent', '2 events are in the dead-letter queue'],
      ['urgent', '1 evidence job of idnow was given up'],
      ['urgent', 'id360: Logins failed.'],
      ['soon', 'idnow: A code is unknown.'],
      ['soon', '2 deliveries of idnow are in the open quarantine'],
      ['soon', '1 open case of idnow should have been looked up more than an hour ago'],
      ['soon', 'id360 is silent: no delivery was accepted for 24 hours'],
    ]);
  });

  test('each fault has an entry in the runbook', () => {
    const runbook = readFileSync('docs/runbook.md', 'utf8').split('\n');
    for (const { runbook: heading } of diagnoseParts(sick)) expect(runbook).toContain(`## ${heading}`);
  });

  test('a healthy stack and a stack that cannot be measured have no faults', () => {
    expect(diagnoseParts({})).toEqual([]);
    const lag = { waitingSince: at('11:59'), lagSeconds: 119 };
    expect(diagnoseParts({ relay: lag, secrets: [], alarms: [], quarantine: { idnow: 0 } })).toEqual([]);
  });

  test('a relay that works, but late, is a fault', () => {
    const [fault] = diagnoseParts({ relay: { waitingSince: null, lagSeconds: 120 } });
    expect(fault?.what).toBe('Events were published 2 min after their writes, in the last 15 minutes');
  });
});

describe('since when writes wait for the relay', () => {
  test.each([
    { what: 'nothing happens', written: [], relayed: [], notRelayed: [], since: null },
    { what: 'the relay keeps up', written: ['10:00'], relayed: ['10:00'], notRelayed: [], since: null },
    {
      what: 'it was down and works',
      written: ['10:00'],
      relayed: ['10:09'],
      notRelayed: ['10:02'],
      since: null,
    },
    {
      what: 'it fails',
      written: ['09:00', '10:00'],
      relayed: ['09:01'],
      notRelayed: ['10:01', '10:02'],
      since: '10:00',
    },
    {
      what: 'a delivery is counted in the minute after its write was relayed',
      written: ['10:01'],
      relayed: ['10:00'],
      notRelayed: [],
      since: null,
    },
    {
      what: 'it fails in the minute after its last success',
      written: [],
      relayed: ['10:00'],
      notRelayed: ['10:01'],
      since: '10:01',
    },
    { what: 'it does not run', written: ['10:03', '10:05'], relayed: [], notRelayed: [], since: '10:03' },
  ])('$what', ({ written, relayed, notRelayed, since }) => {
    const none: MetricPoint = { at: at('11:00'), value: 0 };
    const found = findWaitingSince({
      written: [...points(...written), none],
      relayed: [...points(...relayed), none],
      notRelayed: [...points(...notRelayed), none],
    });
    expect(found).toBe(since && at(since));
  });
});

describe('alarms', () => {
  test('an alarm rings if enough periods in a row reach its threshold', () => {
    const three = { ...alarm, periods: 3 };
    expect(alarmRings(alarm, points('10:05'))).toBe(true);
    expect(alarmRings(alarm, [])).toBe(false);
    expect(alarmRings({ ...alarm, threshold: 2 }, points('10:05'))).toBe(false);
    expect(alarmRings(three, points('10:00', '10:05', '10:10'))).toBe(true);
    expect(alarmRings(three, points('10:00', '10:05', '10:15'))).toBe(false);
  });

  test('an alarm is measured for each provider or the stage, with its own period and statistic', async () => {
    const { stack, asked } = stackWith(({ provider }) => (provider === 'idnow' ? points('11:55') : []));
    const ofStage = { ...alarm, metric: 'CasesNotDeleted', of: 'the stage', periodMinutes: 15 } as const;
    const slow = { ...alarm, metric: 'AnswerSeconds', statistic: 'p99' } as const;
    const parked = { ...alarm, metric: 'MessagesParked' } as const;

    const ringing = await measureAlarms(stack, now, [alarm, ofStage, slow, parked]);

    expect(ringing).toEqual([
      { alarm, provider: 'idnow' },
      { alarm: slow, provider: 'idnow' },
    ]);
    expect(asked.map(({ metric, provider, statistic }) => [metric, provider, statistic])).toEqual([
      ['LoginsFailed', 'idnow', 'Sum'],
      ['LoginsFailed', 'id360', 'Sum'],
      ['AnswerSeconds', 'idnow', 'Maximum'],
      ['AnswerSeconds', 'id360', 'Maximum'],
      ['CasesNotDeleted', null, 'Sum'],
    ]);
  });
});

describe('silent providers', () => {
  test.each([
    { what: 'never had a delivery', last: null, hours: undefined, silent: null },
    { what: 'had a delivery within a day', last: '2026-11-21T12:00:00Z', hours: undefined, silent: null },
    {
      what: 'had one in the week, but not within a day',
      last: '2026-11-21T10:00:00Z',
      hours: undefined,
      silent: 24,
    },
    { what: 'had none in the hours of the stage', last: '2026-11-22T08:00:00Z', hours: 2, silent: 2 },
    { what: 'never had one, and the stage sets hours', last: null, hours: 2, silent: 2 },
  ])('a provider that $what', async ({ last, hours, silent }) => {
    const { stack } = stackWith(() => (last === null ? [] : [{ at: last, value: 3 }]));
    const silentAfterHours: Record<string, number> = hours === undefined ? {} : { idnow: hours };
    const found = await measureSilence({ ...stack, silentAfterHours }, now);
    expect(found.idnow ?? null).toBe(silent);
  });
});

/** Makes a stack of two providers with these metrics. */
function stackWith(pointsOf: (query: MetricQuery) => MetricPoint[]) {
  const asked: MetricQuery[] = [];
  const metrics: OperatedStack['metrics'] = {
    async read(queries) {
      asked.push(...queries);
      return queries.map((query) => ({ ...query, points: pointsOf(query) }));
    },
    close: () => undefined,
  };
  const queues = { queueUrl: 'q', deadLetterQueueUrl: 'd' };
  const stack = { metrics, evidenceJobs: { idnow: queues, id360: queues } } as unknown as OperatedStack;
  return { stack, asked };
}
