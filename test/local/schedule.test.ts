import { expect, it, onTestFinished, vi } from 'vitest';
import { parseScheduleRateMs } from '../../local/stack/event-sources/schedule.ts';
import { eventually } from '../support/eventually.ts';
import { functionResource } from './fixture-assembly.ts';
import { runFixture } from './run-fixture.ts';

const source = 'exports.handler = async (event) => console.log(JSON.stringify(event));';

it.each([
  ['rate(1 minute)', 60_000],
  ['rate(13 minutes)', 780_000],
  ['rate(2 hours)', 7_200_000],
  ['rate(1 day)', 86_400_000],
])('parseScheduleRateMs reads the schedule %s as an interval of %i ms', (expression, expected) => {
  expect(parseScheduleRateMs('Rule', expression)).toBe(expected);
});

it.each(['cron(0 8 * * ? *)', 'rate(5)', 'at(2026-11-22T10:15:00)'])(
  'parseScheduleRateMs refuses the unsupported schedule %s, and names it in the error',
  (expression) => {
    expect(() => parseScheduleRateMs('Rule', expression)).toThrow(expression);
  },
);

it('a schedule of the local stack invokes its function after each interval, but not at the start', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const { seen } = await runFixture({
    resources: {
      Work: functionResource('work'),
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          ScheduleExpression: 'rate(13 minutes)',
          State: 'ENABLED',
          Targets: [{ Id: 'Target0', Arn: { 'Fn::GetAtt': ['Work', 'Arn'] } }],
        },
      },
      Schedule: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: {
          ScheduleExpression: 'rate(20 minutes)',
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: { Arn: { 'Fn::GetAtt': ['Work', 'Arn'] }, RoleArn: 'r', Input: '{"own":"input"}' },
        },
      },
    },
    bundles: { work: source },
  });

  vi.advanceTimersByTime(12 * 60_000);
  expect(seen('work')).toEqual([]);
  vi.advanceTimersByTime(60_000);
  await eventually(() => {
    expect(seen('work')).toMatchObject([{ source: 'aws.events', 'detail-type': 'Scheduled Event' }]);
  });
  vi.advanceTimersByTime(7 * 60_000);
  await eventually(() => expect(seen('work')[1]).toEqual({ own: 'input' }));
});
