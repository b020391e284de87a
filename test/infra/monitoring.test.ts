import { readFileSync } from 'node:fs';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { parseStage, type StageInput } from '../../infra/stage.ts';
import { type MetricName, metrics } from '../../shared/platform/metrics.ts';
import { providerNames } from '../support/provider-names.ts';
import { liveStage, synthesizeForTest, testStage } from './synthesized.ts';

const monitoring = {
  email: 'oncall@example.com',
  silentAfterHours: { idnow: 12 },
  canary: true,
} satisfies StageInput['monitoring'];
const { template: plain } = synthesizeForTest();
const { template } = synthesizeForTest({ ...liveStage, monitoring });

const MetricOfAlarm = z.object({
  /** Absent if the metric is computed from others. */
  MetricStat: z
    .object({
      Metric: z.object({
        Namespace: z.string(),
        MetricName: z.string(),
        Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]),
      }),
      Period: z.number(),
      Stat: z.string(),
    })
    .optional(),
});
const Alarm = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.object({ Ref: z.string() })),
  ActionsEnabled: z.boolean(),
  ComparisonOperator: z.string(),
  Threshold: z.number(),
  EvaluationPeriods: z.number(),
  DatapointsToAlarm: z.number(),
  TreatMissingData: z.enum(['breaching', 'notBreaching', 'ignore']),
  Metrics: z.array(MetricOfAlarm).nonempty(),
});

/** Returns the alarms of a template. Each has a name, a description, metrics, and a rule for missing data. */
const alarmsOf = (from: Template) =>
  Object.values(from.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => {
    const { Metrics: all, ...alarm } = Alarm.parse(Properties);
    return { ...alarm, stats: all.flatMap(({ MetricStat: stat }) => stat ?? []) };
  });
const alarms = alarmsOf(template);
const namesOf = (from: Template) => alarmsOf(from).map(({ AlarmName }) => AlarmName);
const alarmNamed = (name: string) =>
  alarms.find(({ AlarmName }) => AlarmName === `idv-webhooks-live-${name}`);

/** Checks that functions write a metric with exactly these dimensions. */
function expectIsWritten(name: string, dimensions: Readonly<Record<string, unknown>>): void {
  expect(Object.keys(metrics), name).toContain(name);
  const { per } = metrics[name as MetricName];
  const provider = providerNames.find((each) => each === dimensions.provider);
  const sets = { provider: ['provider'], stage: ['stage'], both: ['provider', 'stage'] }[per];
  expect(sets, `${name} per ${provider ?? 'stage'}`).toContain(provider === undefined ? 'stage' : 'provider');
  expect(dimensions, name).toEqual(provider === undefined ? { stage: 'live' } : { stage: 'live', provider });
}

describe('the topic of the alarms', () => {
  test('every alarm notifies the one topic of the stack', () => {
    const [topic] = Object.keys(template.findResources('AWS::SNS::Topic'));
    template.resourceCountIs('AWS::SNS::Topic', 1);
    for (const { AlarmName, AlarmActions, ActionsEnabled } of alarms) {
      expect(AlarmActions, AlarmName).toEqual([{ Ref: topic }]);
      expect(ActionsEnabled, AlarmName).toBe(true);
    }
  });

  test('the topic refuses unencrypted connections, and accepts only alarms of this account', () => {
    const { account } = liveStage;
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Effect: 'Deny',
            Principal: '*',
            Action: 'sns:Publish',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
          Match.objectLike({
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
            Condition: {
              StringEquals: { 'aws:SourceAccount': account },
              ArnLike: { 'aws:SourceArn': Match.anyValue() },
            },
          }),
        ],
      },
    });
  });

  test('the e-mail address of the stage gets the alarms, and without an address there is no subscription', () => {
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'oncall@example.com',
    });
    plain.resourceCountIs('AWS::SNS::Subscription', 0);
  });
});

describe('alarms', () => {
  const headings = [...readFileSync('docs/runbook.md', 'utf8').matchAll(/^## (.+)$/gm)].map(([, text = '']) =>
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-'),
  );

  test.each(alarms.map((alarm) => [alarm.AlarmName, alarm.AlarmDescription] as const))(
    'the alarm %s says what happened, and links to a heading of the runbook',
    (_name, description) => {
      const [, what = '', file, anchor] = /^(.{15,})\s+Runbook: (\S+)#(\S+)$/s.exec(description) ?? [];
      expect(what).toMatch(/\.\s*$/);
      expect(file).toBe('docs/runbook.md');
      expect(headings).toContain(anchor);
    },
  );

  test('the entry of each alarm in the runbook has a first look and a fix', () => {
    const runbook = readFileSync('docs/runbook.md', 'utf8');
    const anchors = new Set(alarms.map(({ AlarmDescription }) => AlarmDescription.split('#')[1]));
    for (const section of runbook.split(/^## /m).slice(1)) {
      const [title = ''] = section.split('\n');
      const anchor = title
        .toLowerCase()
        .replaceAll(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-');
      if (!anchors.has(anchor)) continue;
      expect(section, title).toContain('**First look:** ');
      expect(section, title).toMatch(/\*\*Do:\*\* /);
    }
  });

  test('a stage without access logs has no alarm about refusals of API Gateway, because nothing counts them', () => {
    const { template: ours } = synthesizeForTest(testStage);
    const ofApi = (names: string[]) => names.filter((name) => /api-(refused|over)/.test(name));
    expect(ofApi(namesOf(template))).toEqual([
      'idv-webhooks-live-api-refused-address',
      'idv-webhooks-live-api-over-limit',
    ]);
    expect(ofApi(namesOf(ours))).toEqual([]);
    expect(JSON.stringify(ours.findResources('AWS::CloudWatch::Dashboard'))).not.toContain('RequestsRefused');
  });

  test('alarms link to the runbook of the team, if the stage names it', () => {
    const runbookUrl = 'https://git.example.com/runbook.md';
    const { template: linked } = synthesizeForTest({ ...liveStage, monitoring: { runbookUrl } });
    for (const { AlarmDescription } of alarmsOf(linked))
      expect(AlarmDescription).toMatch(/Runbook: https:\/\/git\.example\.com\/runbook\.md#[a-z0-9-]+$/);
  });

  test('each alarm has a name of its own that begins with the stack and contains no generated id', () => {
    expect(new Set(namesOf(template)).size).toBe(alarms.length);
    for (const { AlarmName } of alarms) expect(AlarmName).toMatch(/^idv-webhooks-live-[a-z0-9-]+$/);
  });

  test('each alarm on a metric of ours reads a metric that a function writes, with the same dimensions', () => {
    const ours = alarms
      .flatMap(({ stats }) => stats)
      .map(({ Metric: metric }) => metric)
      .filter(({ Namespace }) => Namespace === 'IdvWebhooks');
    expect(ours.length).toBeGreaterThan(40);
    for (const { MetricName, Dimensions } of ours) {
      expectIsWritten(MetricName, Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])));
    }
  });

  test('an alarm on a metric that is not written with these dimensions cannot be synthesized', () => {
    expect(() => expectIsWritten('CasesDeleted', { stage: 'live', provider: 'idnow' })).toThrow();
    expect(() => expectIsWritten('NoSuchMetric', { stage: 'live' })).toThrow();
  });

  test('no alarm evaluates more time than CloudWatch accepts', () => {
    for (const { AlarmName, EvaluationPeriods, stats } of alarms) {
      expect(stats.length, AlarmName).toBeGreaterThan(0);
      for (const { Period } of stats) {
        const longest = Period >= 3600 ? 7 * 24 * 3600 : 24 * 3600;
        expect(EvaluationPeriods * Period, AlarmName).toBeLessThanOrEqual(longest);
      }
    }
  });

  test.each(['silent', 'system-check'].map((name) => [name, alarmNamed(`idnow-${name}`)?.TreatMissingData]))(
    'the alarm %s rings if there is no data',
    (_name, treatment) => {
      expect(treatment).toBe('breaching');
    },
  );

  test('the alarm about the open quarantine keeps its state if there is no data, and no other alarm rings without data', () => {
    const of = (treatment: string) =>
      alarms
        .filter(({ TreatMissingData }) => TreatMissingData === treatment)
        .map(({ AlarmName }) => AlarmName);
    expect(of('ignore')).toEqual(providerNames.map((name) => `idv-webhooks-live-${name}-quarantine-open`));
    expect(of('breaching')).toEqual([
      'idv-webhooks-live-idnow-silent',
      'idv-webhooks-live-idnow-system-check',
    ]);
  });

  test('a provider is silent if none of the hours of its setting has an accepted delivery', () => {
    expect(alarmNamed('idnow-silent')).toMatchObject({
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      EvaluationPeriods: 12,
      DatapointsToAlarm: 12,
      stats: [{ Period: 3600, Stat: 'Sum', Metric: { MetricName: 'DeliveriesAccepted' } }],
    });
    expect(alarmNamed('id360-silent')).toBeUndefined();
  });

  test('every function has alarms about errors and throttling', () => {
    const functions = Object.values(template.findResources('AWS::Lambda::Function')).map(
      ({ Properties }) => Properties.FunctionName,
    );
    expect(functions.length).toBe(14);
    for (const name of functions)
      expect(namesOf(template)).toEqual(expect.arrayContaining([`${name}-errors`, `${name}-throttled`]));
  });

  test.each([
    'api-5xx',
    'events-waiting',
    'events-dead-letters',
    'relay-events-behind',
    'delete-expired-cases-behind',
    'verifications-reads-throttled',
    'verifications-writes-throttled',
    'history-reads-throttled',
    'history-writes-throttled',
    ...providerNames.map((name) => `${name}-evidence-given-up`),
  ])('the stack has the standard alarm %s', (name) => {
    expect(alarmNamed(name)?.TreatMissingData).toBe('notBreaching');
  });
});

test('each function knows the stage, which is a dimension of its metrics', () => {
  template.allResourcesProperties('AWS::Lambda::Function', { Environment: { Variables: { STAGE: 'live' } } });
});

test('the API has the name of the stack, because its metrics have no other dimension that tells stages apart', () => {
  template.hasResourceProperties('AWS::ApiGateway::RestApi', { Name: 'idv-webhooks-live' });
});

describe('the canary', () => {
  const canary = { FunctionName: 'idv-webhooks-live-check-idnow-system' };
  const idOfCanary = () =>
    Object.keys(template.findResources('AWS::Lambda::Function', { Properties: canary }))[0];

  test('a schedule asks IDnow every five minutes, and Lambda does not repeat a failed check', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(5 minutes)',
      Targets: [{ Arn: { 'Fn::GetAtt': [idOfCanary(), 'Arn'] } }],
    });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: idOfCanary() },
      MaximumRetryAttempts: 0,
    });
  });

  test('the function of the canary can do nothing but write its log and its traces', () => {
    const [role] = Object.values(template.findResources('AWS::Lambda::Function', { Properties: canary })).map(
      ({ Properties }) => Properties.Role['Fn::GetAtt'][0],
    );
    const actions = Object.values(template.findResources('AWS::IAM::Policy'))
      .filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === role))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .flatMap(({ Action }) => Action);
    expect(actions).toEqual([
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ]);
  });

  test('without the setting, there is neither the function nor its alarm', () => {
    expect(Object.keys(plain.findResources('AWS::Lambda::Function', { Properties: canary }))).toEqual([]);
    expect(namesOf(plain).filter((name) => /system-check|silent/.test(name))).toEqual([]);
  });
});

describe('the settings of a stage', () => {
  test.each([
    ['an unknown setting', { emial: 'a@example.com' }, /emial/],
    ['an address without a domain', { email: 'oncall' }, /email/],
    ['a runbook that is not on the web', { runbookUrl: 'file:///runbook.md' }, /runbookUrl/],
    [
      'a URL of the runbook that is longer than the description of an alarm',
      { runbookUrl: `https://git.example.com/${'x'.repeat(500)}` },
      /500/,
    ],
    [
      'a silence of more than a week, which CloudWatch does not evaluate',
      { silentAfterHours: { idnow: 169 } },
      /168/,
    ],
    ['the silence of a provider that the stage does not have', { silentAfterHours: { acme: 3 } }, /acme/],
  ])('parseStage refuses %s', (_title, settings, message) => {
    expect(() => parseStage({ ...liveStage, monitoring: settings })).toThrow(message);
  });
});

describe('the dashboard', () => {
  const Body = z.object({
    widgets: z.array(
      z.object({
        type: z.string(),
        x: z.number(),
        width: z.number(),
        properties: z.looseObject({
          title: z.string().optional(),
          markdown: z.string().optional(),
          alarms: z.array(z.unknown()).default([]),
          metrics: z.array(z.array(z.unknown())).default([]),
        }),
      }),
    ),
  });
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  const text = dashboard?.Properties.DashboardBody['Fn::Join'][1]
    .map((part: unknown) => (typeof part === 'string' ? part : JSON.stringify(part).replaceAll('"', '')))
    .join('');
  const { widgets } = Body.parse(JSON.parse(text));

  test('the dashboard answers three questions', () => {
    expect(dashboard?.Properties.DashboardName).toBe('idv-webhooks-live');
    expect(template.findOutputs('DashboardName')).toMatchObject({
      DashboardName: { Value: 'idv-webhooks-live' },
    });
    expect(widgets.flatMap(({ properties }) => properties.markdown ?? [])).toEqual([
      '## Is each provider healthy?',
      '## Is anything stuck?',
      '## What was rejected?',
    ]);
  });

  test('the dashboard shows every alarm, at most 100 in a widget, because CloudWatch accepts no more', () => {
    const shown = widgets.map(({ properties }) => properties.alarms.length);
    expect(Math.max(...shown)).toBeLessThanOrEqual(100);
    expect(shown.reduce((sum, each) => sum + each)).toBe(alarms.length);
  });

  test('each line of the dashboard reads a metric that a function writes, or one of AWS', () => {
    const lines = widgets.flatMap(({ properties }) => properties.metrics);
    const ours = lines.filter(([namespace]) => namespace === 'IdvWebhooks');
    expect(ours.length).toBeGreaterThan(50);
    for (const [, name, ...rest] of ours) {
      const pairs = rest.slice(0, -1);
      const dimensions = pairs.flatMap((key, index) => (index % 2 === 0 ? [[key, pairs[index + 1]]] : []));
      expectIsWritten(String(name), Object.fromEntries(dimensions));
    }
    const other = lines.map(([namespace]) => namespace).filter((namespace) => namespace !== 'IdvWebhooks');
    expect(new Set(other)).toEqual(new Set(['AWS/SQS']));
  });

  test('each metric that the issue asks for is on the dashboard', () => {
    const names = new Set(widgets.flatMap(({ properties }) => properties.metrics.map(([, name]) => name)));
    const wanted: MetricName[] = [
      'DeliveriesRefusedAddress',
      'RequestsRefusedAddress',
      'RequestsRefusedRate',
      'DeliveriesRefusedCredential',
      'DeliveriesRefusedNoSecret',
      'QuarantineOpen',
      'AnswerSeconds',
      'RelayLagSeconds',
      'EvidenceAgeSeconds',
      'EvidenceFailed',
      'MessagesParked',
      'UnknownReasons',
      'CasesOverdue',
      'DeliveriesAccepted',
      'LoginsFailed',
    ];
    for (const name of wanted) expect(names).toContain(name);
  });

  test('no widget is wider than the dashboard', () => {
    for (const { x, width } of widgets) expect(x + width).toBeLessThanOrEqual(24);
  });
});
