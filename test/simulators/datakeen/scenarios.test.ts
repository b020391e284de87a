import { createHmac } from 'node:crypto';
import { json } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  computeDatakeenSessionId,
  datakeenScenarioPlaySettings,
} from '../../../local/simulators/datakeen/simulation.ts';
import { startLoopbackServer } from '../../../local/simulators/loopback-server.ts';
import { createScenarioRun } from '../../../local/simulators/new-run.ts';
import { playScenario } from '../../../local/simulators/play-scenario.ts';
import {
  buildWebhookUrlAndCredentials,
  findScenario,
} from '../../../local/simulators/provider-simulation.ts';
import type { Scenario, ScenarioStep } from '../../../local/simulators/scenario.ts';
import { datakeenForTest, getSession, loginToDatakeen } from '../support/datakeen.ts';
import { failedControlsIn, predictionResultsIn } from './result-view.ts';

const run = createScenarioRun({
  account: 'demo-user',
  reference: 'order-1',
  baseTime: new Date('2026-11-22T10:00:00Z'),
});

const bodySchema = z.strictObject({
  sessionId: z.string(),
  newStatus: z.string().default('only the id'),
  analysisId: z.string().optional(),
  entityId: z.string().optional(),
  correlationId: z.string().optional(),
});

const stateSchema = z.object({ sessionId: z.string(), result: z.object({}) });

function scenario(name: string): Scenario {
  return findScenario(datakeenScenarioPlaySettings, name) ?? expect.unreachable(`no scenario ${name}`);
}

/** Lists the failed controls that the API returns during a step, except for `rfSymbolIsPresent`, which always fails. */
function failedControlsOf({ state }: ScenarioStep): string {
  if (state === null) return 'unknown';
  const failed = predictionResultsIn(state).flatMap(({ controls, documents }) => [
    ...failedControlsIn(controls),
    ...documents.flatMap((document) => failedControlsIn(document.controls)),
  ]);
  return failed.filter((name) => name !== 'rfSymbolIsPresent').join(', ') || 'passed';
}

/** Describes each webhook: its sender, its `newStatus`, and the failed controls that the API returns at that time. */
function summarize(steps: ScenarioStep[]): string[] {
  return steps.map((step) => {
    const { newStatus, analysisId } = bodySchema.parse(step.body);
    const lost = step.isLost ? ', lost' : '';
    return `${analysisId === undefined ? '' : 'analyst: '}${newStatus}, while ${failedControlsOf(step)}${lost}`;
  });
}

const badCard = 'globalStatus, mrzConformity, mrzValidity';

const table = [
  { name: 'APPROVED', steps: ['ai_approved, while passed'] },
  { name: 'DECLINED', steps: [`ai_rejected, while ${badCard}`] },
  { name: 'V1_APPROVED', steps: ['only the id, while passed'] },
  { name: 'V1_DECLINED', steps: [`only the id, while ${badCard}`] },
  {
    name: 'VERIFY_THEN_USER_APPROVED',
    steps: ['verify, while matchNameInAllDocuments', 'analyst: user_approved, while matchNameInAllDocuments'],
  },
  { name: 'LOST_FINAL', steps: ['ai_approved, while passed, lost'] },
  { name: 'REVISED_FINAL', steps: ['ai_approved, while passed', 'analyst: user_rejected, while passed'] },
  {
    name: 'LATE_MACHINE',
    steps: [`analyst: user_approved, while ${badCard}`, `ai_rejected, while ${badCard}`],
  },
  { name: 'DUPLICATE', steps: Array.from({ length: 3 }, () => 'ai_approved, while passed') },
  { name: 'FORGED', steps: ['ai_approved, while unknown'] },
  { name: 'DEMO', steps: Array.from({ length: 2 }, () => 'only the id, while passed') },
];

test('the table in this test has the expected webhooks of every Datakeen scenario', () => {
  expect(datakeenScenarioPlaySettings.scenarios.map(({ name }) => name)).toEqual(
    table.map(({ name }) => name),
  );
});

test.each(table)('the Datakeen scenario $name sends the expected webhooks', ({ name, steps }) => {
  expect(summarize(scenario(name).steps(run))).toEqual(steps);
});

test.each(table)(
  "the Datakeen scenario $name has one session, and its webhooks do not contain the caller's reference",
  ({ name }) => {
    for (const { body, state } of scenario(name).steps(run)) {
      expect(bodySchema.parse(body).sessionId).toBe(computeDatakeenSessionId(run));
      if (name !== 'FORGED') expect(stateSchema.parse(state).sessionId).toBe(computeDatakeenSessionId(run));
      expect(JSON.stringify({ body, state })).not.toContain('order-1');
    }
  },
);

test('a Datakeen scenario has another session each time it is played, even for the same reference', () => {
  const again = createScenarioRun({ ...run, baseTime: new Date(run.baseTime.getTime() + 1) });
  const other = createScenarioRun({ ...run, reference: 'order-2' });
  const elsewhere = createScenarioRun({ ...run, account: 'other-user' });

  const ids = [run, again, other, elsewhere].map(computeDatakeenSessionId);
  expect(new Set(ids).size).toBe(4);
  expect(computeDatakeenSessionId({ ...run })).toBe(ids[0]);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{24}$/);
});

test.each(['DUPLICATE', 'DEMO'])('the duplicates in the Datakeen scenario %s have equal bodies', (name) => {
  const bodies = scenario(name)
    .steps(run)
    .map(({ body }) => JSON.stringify(body));
  expect(new Set(bodies).size).toBe(1);
});

describe('Datakeen access to a local stack', () => {
  const url = 'http://127.0.0.1:1/webhooks/datakeen';

  test('the simulated Datakeen sends the webhooks of a scenario to a signed URL, without other credentials', () => {
    const access = datakeenScenarioPlaySettings.readLocalConfig({
      username: 'user',
      urlSecrets: ['s-1', 's-2'],
      more: true,
    });

    expect(access.account).toBe('user');
    const signature = createHmac('sha256', 's-1').update('datakeen/order-1').digest('base64url');
    expect(buildWebhookUrlAndCredentials(access, url, run)).toEqual({ url: `${url}/order-1/${signature}` });
  });

  test('the Datakeen config of a local stack can omit the account', () => {
    expect(datakeenScenarioPlaySettings.readLocalConfig({ urlSecrets: ['s-1'] }).account).toBeUndefined();
  });

  test.each([{}, { urlSecrets: [] }, { username: 1, urlSecrets: ['s-1'] }, null])(
    "the simulated Datakeen refuses a local stack's config without a URL secret: %j",
    (section) => {
      expect(() => datakeenScenarioPlaySettings.readLocalConfig(section)).toThrow();
    },
  );
});

test('the simulated Datakeen retries after 1, 2, 4, 8 and 16 seconds', () => {
  expect([...datakeenScenarioPlaySettings.schedule()]).toEqual([1, 2, 4, 8, 16]);
});

test('statePath returns the path of the control route for a Datakeen session, and throws for another value', () => {
  expect(datakeenScenarioPlaySettings.statePath({ sessionId: 'a/b', result: null })).toBe(
    '/_simulator/sessions/a%2Fb',
  );
  expect(() => datakeenScenarioPlaySettings.statePath(null)).toThrow(TypeError);
});

test.each([
  { name: 'DEMO', answers: [200, 200] },
  { name: 'REVISED_FINAL', answers: [200, 200] },
  { name: 'FORGED', answers: [404] },
])(
  'requests for the session at the webhooks of the Datakeen scenario $name get the statuses $answers',
  async ({ name, answers }) => {
    // Prepare
    await using datakeen = await datakeenForTest({ notReady: 0 });
    const authorization = `Basic ${await loginToDatakeen(datakeen.url)}`;
    const statuses: number[] = [];
    const receiver = await startLoopbackServer(async (request, response) => {
      const { sessionId } = bodySchema.parse(await json(request));
      statuses.push((await getSession(datakeen.url, authorization, sessionId)).status);
      response.end();
    });

    // Act
    const played = await playScenario({
      scenario: scenario(name),
      run,
      target: { url: receiver.url },
      schedule: datakeenScenarioPlaySettings.schedule,
      simulator: datakeen,
    });
    await receiver.stop();

    // Assess
    expect(statuses).toEqual(answers);
    expect(played.map(({ outcome }) => outcome)).toEqual(answers.map(() => 'accepted'));
  },
);
