import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { isId360ReportJson } from '../../../local/simulators/id360/report.ts';
import {
  computeId360EnrollmentId,
  id360ScenarioPlaySettings,
} from '../../../local/simulators/id360/simulation.ts';
import { createScenarioRun } from '../../../local/simulators/new-run.ts';
import { playScenario } from '../../../local/simulators/play-scenario.ts';
import {
  buildWebhookUrlAndCredentials,
  findScenario,
} from '../../../local/simulators/provider-simulation.ts';
import type { Scenario, ScenarioStep } from '../../../local/simulators/scenario.ts';
import { getFromId360, id360ForTest, loginToId360 } from '../support/id360.ts';
import { bodiesOf, startReceiver } from '../support/receiver.ts';

const run = createScenarioRun({
  account: 'demo-application',
  reference: 'order-1',
  baseTime: new Date('2026-11-22T10:00:00Z'),
});

const callbackSchema = z.object({
  id: z.int(),
  status: z.string(),
  steps_status: z.object({ done: z.int() }),
  enrollment_step: z.object({}).optional(),
});

function scenario(name: string): Scenario {
  return findScenario(id360ScenarioPlaySettings, name) ?? expect.unreachable(`no scenario ${name}`);
}

function reportOf(step: ScenarioStep | undefined) {
  return isId360ReportJson(step?.state) ? step.state : expect.unreachable('not a report');
}

/** Describes each callback by its step or status. If ID360's API returns another status then, adds that status too. */
function summarize(steps: ScenarioStep[]): string[] {
  return steps.map((step) => {
    const { status, steps_status, enrollment_step } = callbackSchema.parse(step.body);
    const sent = enrollment_step === undefined ? status : `step ${steps_status.done}`;
    const known = reportOf(step).status;
    if (step.isLost) return `${sent}, lost`;
    return status === known ? sent : `${sent}, while ${known}`;
  });
}

const stepsUpTo = (count: number) => Array.from({ length: count }, (_, index) => `step ${index + 1}`);

const table = [
  { name: 'OK', steps: [...stepsUpTo(6), 'OK'] },
  { name: 'KO', steps: ['step 1', 'KO'] },
  { name: 'FAILED', steps: ['step 1', 'FAILED'] },
  { name: 'TIMEOUT', steps: ['step 1', 'step 2', 'CANCELED'] },
  { name: 'DISCONTINUED', steps: ['step 1', 'DISCONTINUED'] },
  { name: 'STEPS_OUT_OF_ORDER', steps: ['step 2', 'step 1', 'step 5', 'step 3', 'step 6', 'step 4', 'OK'] },
  { name: 'FINAL_BEFORE_LAST_STEP', steps: [...stepsUpTo(5), 'OK', 'step 6, while OK'] },
  { name: 'LOST_FINAL', steps: [...stepsUpTo(6), 'OK, lost'] },
  { name: 'REVISED_FINAL', steps: ['step 1', 'OK', 'KO'] },
  { name: 'DEMO', steps: ['step 1', 'step 2', 'step 2', 'step 4', 'OK', 'step 6, while OK'] },
];

test('the table in this test has the expected callbacks of every ID360 scenario', () => {
  expect(id360ScenarioPlaySettings.scenarios.map(({ name }) => name)).toEqual(table.map(({ name }) => name));
});

test.each(table)('the ID360 scenario $name sends the expected callbacks', ({ name, steps }) => {
  expect(summarize(scenario(name).steps(run))).toEqual(steps);
});

test.each(table)("the ID360 scenario $name has one enrollment with the caller's reference", ({ name }) => {
  for (const step of scenario(name).steps(run)) {
    expect(callbackSchema.parse(step.body).id).toBe(computeId360EnrollmentId(run));
    expect(reportOf(step)).toMatchObject({ id: computeId360EnrollmentId(run), client_reference: 'order-1' });
    expect(JSON.stringify(step.body)).not.toContain('order-1');
  }
});

test('an ID360 scenario has another enrollment each time it is played, even for the same reference', () => {
  const again = createScenarioRun({ ...run, baseTime: new Date(run.baseTime.getTime() + 1) });
  const other = createScenarioRun({ ...run, reference: 'order-2' });

  const ids = [run, again, other].map(computeId360EnrollmentId);
  expect(new Set(ids).size).toBe(3);
  expect(computeId360EnrollmentId({ ...run })).toBe(ids[0]);
  for (const id of ids) expect(String(id)).toMatch(/^\d{10}$/);
});

test.each([
  { name: 'KO', codes: ['VLD_DOCUMENT_INVALID', 'VLD_VALIDATION_KO'] },
  { name: 'FAILED', codes: ['SVC_RESPONSE_INVALID'] },
  { name: 'TIMEOUT', codes: ['ERL_TIMEOUT'] },
  { name: 'OK', codes: [] },
])('the last report of the ID360 scenario $name has the status codes $codes', ({ name, codes }) => {
  expect(reportOf(scenario(name).steps(run).at(-1))).toMatchObject({ status_codes: codes });
});

test('the duplicate callback in the ID360 demo equals the callback before it', () => {
  const [, second, third] = scenario('DEMO').steps(run);
  expect(JSON.stringify(third?.body)).toBe(JSON.stringify(second?.body));
});

describe('ID360 access to a local stack', () => {
  const callbackHeader = { name: 'X-Callback-Token', values: ['new', 'old'] };
  const url = 'http://127.0.0.1:1/webhooks/id360';

  test('the simulated ID360 sends callbacks with the secret header to the signed URL of the reference', () => {
    const access = id360ScenarioPlaySettings.readLocalConfig({
      username: 'app',
      callbackHeader,
      urlSecrets: ['s-1', 's-2'],
      more: true,
    });

    expect(access.account).toBe('app');
    const signature = createHmac('sha256', 's-1').update('id360/order-1').digest('base64url');
    expect(buildWebhookUrlAndCredentials(access, url, run)).toEqual({
      url: `${url}/order-1/${signature}`,
      headers: { 'x-callback-token': 'new' },
    });
  });

  test('the simulated ID360 sends to the unsigned URL if the local stack has no URL secret', () => {
    const access = id360ScenarioPlaySettings.readLocalConfig({ callbackHeader, urlSecrets: [] });
    expect(buildWebhookUrlAndCredentials(access, url, run).url).toBe(url);
  });

  test.each([{}, { callbackHeader: { name: 'x', values: [] } }, null])(
    "the simulated ID360 refuses a local stack's config without the secret header: %j",
    (section) => {
      expect(() => id360ScenarioPlaySettings.readLocalConfig(section)).toThrow();
    },
  );
});

test('the simulated ID360 retries after 1, 2, 4, 8 and 16 seconds', () => {
  expect([...id360ScenarioPlaySettings.schedule()]).toEqual([1, 2, 4, 8, 16]);
});

test('when a callback of an ID360 scenario arrives, the ID360 simulator already returns the state of its step', async () => {
  await using receiver = await startReceiver();
  await using id360 = await id360ForTest({ notReady: 0 });
  const token = await loginToId360(id360.url);
  const answers: number[] = [];

  const played = await playScenario({
    scenario: scenario('DEMO'),
    run,
    target: { url: receiver.url, headers: { 'x-callback-token': 's' } },
    schedule: id360ScenarioPlaySettings.schedule,
    simulator: {
      async put(state) {
        id360.put(state);
        const path = `enrollment/${computeId360EnrollmentId(run)}/report`;
        answers.push((await getFromId360(id360.url, token, path)).status);
      },
    },
  });

  expect(played.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 6 }, () => 'accepted'));
  expect(bodiesOf(receiver)).toEqual(
    scenario('DEMO')
      .steps(run)
      .map(({ body }) => body),
  );
  expect(receiver.received.every(({ headers }) => headers['x-callback-token'] === 's')).toBe(true);
  expect(answers).toEqual([202, 202, 202, 202, 200, 200]);
});
