import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { localAccountId, localRegion } from '../aws-account.ts';
import type { CleanupList } from '../cleanup.ts';
import { TemplateError } from '../errors.ts';
import type { StoppableLocalFunction } from '../functions/local-function.ts';
import { parseResourceProperties } from '../template/cfn-values.ts';
import type { ResolvedResource, StackTemplate } from '../template/stack-template.ts';

const target = z.strictObject({
  Arn: z.string(),
  Id: z.string().optional(),
  Input: z.string().optional(),
  RoleArn: z.string().optional(),
  RetryPolicy: z.unknown().optional(),
  DeadLetterConfig: z.unknown().optional(),
});
const state = z.enum(['ENABLED', 'DISABLED']).default('ENABLED');

const ruleProperties = z.object({
  ScheduleExpression: z.string('only rules with a schedule run locally'),
  State: state,
  Targets: z.array(target).default([]),
});

const scheduleProperties = z.object({ ScheduleExpression: z.string(), State: state, Target: target });

/**
 * Invokes the functions of all enabled schedules in the CloudFormation template, at their rates. The first invocation
 * is one interval after the start.
 */
export function startScheduledFunctions(
  template: StackTemplate,
  functions: StoppableLocalFunction[],
  cleanup: CleanupList,
): void {
  for (const rule of template.resources('AWS::Events::Rule')) {
    const { ScheduleExpression, State, Targets } = parseResourceProperties(ruleProperties, rule);
    if (State === 'DISABLED') continue;
    for (const each of Targets) start(rule, ScheduleExpression, each, 'aws.events');
  }
  for (const schedule of template.resources('AWS::Scheduler::Schedule')) {
    const { ScheduleExpression, State, Target } = parseResourceProperties(scheduleProperties, schedule);
    if (State === 'ENABLED') start(schedule, ScheduleExpression, Target, 'aws.scheduler');
  }

  function start(
    resource: ResolvedResource,
    expression: string,
    { Arn, Input }: z.output<typeof target>,
    source: string,
  ): void {
    const called = functions.find(({ arn }) => arn === Arn);
    if (called === undefined)
      throw new TemplateError(`${resource.logicalId} calls no function of the template`);
    const rule = resource.reference.attributes.Arn ?? resource.logicalId;
    const event = () => (Input === undefined ? scheduledEvent(source, rule) : JSON.parse(Input));
    const timer = setInterval(
      () => void called.invoke(event()),
      parseScheduleRateMs(resource.logicalId, expression),
    );
    cleanup.add(() => clearInterval(timer));
  }
}

const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
/** The longest interval that setInterval accepts. With a longer interval, the timer would fire continuously. */
const longestIntervalMs = 2 ** 31 - 1;

/** Converts a schedule expression such as `rate(13 minutes)` to milliseconds. */
export function parseScheduleRateMs(name: string, expression: string): number {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  const unit = z.enum(['minute', 'hour', 'day']).safeParse(rate?.[2]);
  if (!unit.success) {
    throw new TemplateError(`${name}: the local stack knows rate(...) schedules only, not ${expression}`);
  }
  return Math.min(Number(rate?.[1]) * unitMs[unit.data], longestIntervalMs);
}

function scheduledEvent(source: string, rule: string): object {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source,
    account: localAccountId,
    time: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    region: localRegion,
    resources: [rule],
    detail: {},
  };
}
