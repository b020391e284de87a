import { describe, expect, test } from 'vitest';
import { isIdent, type SimulatedIdent } from '../../../local/simulators/idnow/ident.ts';
import { idnowScenarioPlaySettings } from '../../../local/simulators/idnow/simulation.ts';
import { createScenarioRun } from '../../../local/simulators/new-run.ts';
import { playScenario } from '../../../local/simulators/play-scenario.ts';
import { findScenario } from '../../../local/simulators/provider-simulation.ts';
import type { Scenario, ScenarioStep } from '../../../local/simulators/scenario.ts';
import { getIdent, idnowForTest, loginToIdnow } from '../support/idnow.ts';
import { bodiesOf, startReceiver } from '../support/receiver.ts';

const run = createScenarioRun({
  account: 'democompany',
  reference: 'Case-1',
  baseTime: new Date('2026-11-22T10:00:00Z'),
});

function scenario(name: string): Scenario {
  return findScenario(idnowScenarioPlaySettings, name) ?? expect.unreachable(`no scenario ${name}`);
}

function ident(value: unknown): SimulatedIdent {
  return isIdent(value) ? value : expect.unreachable('not an ident');
}

function resultOf(value: unknown): string | undefined {
  return ident(value).identificationprocess.result;
}

function timeOf(value: unknown): number {
  return Date.parse(ident(value).identificationprocess.identificationtime ?? '');
}

/** Describes each webhook by its result. If IDnow's API returns another result at that time, adds that result too. */
function summarize(steps: ScenarioStep[]): string[] {
  return steps.map(({ body, state, isLost }) => {
    const [sent, known] = [resultOf(body), resultOf(state)];
    if (isLost) return `${sent}, lost`;
    return sent === known ? `${sent}` : `${sent}, while ${known}`;
  });
}

const start = 'STARTED';
const check = 'CHECK_PENDING';
const done = 'SUCCESS_DATA_CHANGED';

const table = [
  { name: 'HAPPYPATH', steps: [start, check, 'SUCCESS'] },
  { name: 'DATA_CHANGED', steps: [start, check, done] },
  { name: 'FRAUDIDENT', steps: [start, 'FRAUD_SUSPICION_PENDING', 'FRAUD_SUSPICION_CONFIRMED'] },
  { name: 'CANCELED', steps: [start, 'FAILED'] },
  { name: 'PROOF_OF_ADDRESS', steps: [start, check, 'SUCCESS'] },
  { name: 'ESIGNING', steps: [start, check, 'SUCCESS'] },
  { name: 'BANK_TRANSFER', steps: [start, check, 'SUCCESS'] },
  { name: 'NFC', steps: [start, check, 'SUCCESS'] },
  { name: 'DRIVERS_LICENSE', steps: [start, check, 'SUCCESS'] },
  { name: 'SECOND_DOCUMENT', steps: [start, check, 'SUCCESS'] },
  { name: 'LOST_FINAL', steps: [start, check, `${done}, lost`] },
  { name: 'REVISED_FINAL', steps: [start, 'FRAUD_SUSPICION_CONFIRMED', 'SUCCESS'] },
  { name: 'ABORTED_THEN_RETRY', steps: [start, 'ABORTED', start, check, 'SUCCESS'] },
  { name: 'OUT_OF_ORDER', steps: [start, done, `${check}, while ${done}`] },
  { name: 'DUPLICATES', steps: [start, start, check, check, done, done, done] },
  { name: 'DEMO', steps: [start, check, check, done, `${check}, while ${done}`] },
];

test('the table in this test has the expected results of every IDnow scenario', () => {
  expect(idnowScenarioPlaySettings.scenarios.map(({ name }) => name)).toEqual(table.map(({ name }) => name));
});

test.each(table)('the IDnow scenario $name sends webhooks with the expected results', ({ name, steps }) => {
  expect(summarize(scenario(name).steps(run))).toEqual(steps);
});

test.each(table)('the IDnow scenario $name has one ident, whose time never goes back', ({ name }) => {
  const steps = scenario(name).steps(run);

  for (const { body } of steps) {
    expect(ident(body).identificationprocess).toMatchObject({
      companyid: 'democompany',
      transactionnumber: 'Case-1',
    });
  }
  const times = steps.map(({ state }) => timeOf(state)).filter((time) => !Number.isNaN(time));
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(times[0]).toBeGreaterThan(run.baseTime.getTime());
});

test("the IDnow scenarios of IDnow's test robot end with the results and reasons that IDnow documents", () => {
  const last = (name: string) => ident(scenario(name).steps(run).at(-1)?.body).identificationprocess;
  expect(last('HAPPYPATH')).toMatchObject({ result: 'SUCCESS' });
  expect(last('HAPPYPATH')).not.toHaveProperty('reason');
  expect(last('CANCELED')).toMatchObject({ result: 'FAILED', reason: 'OTHER_ERROR' });
  expect(last('FRAUDIDENT')).toMatchObject({
    result: 'FRAUD_SUSPICION_CONFIRMED',
    reason: 'WARNING_FAKED_MANIPULATED_ID',
    previousresult: 'FRAUD_SUSPICION_PENDING',
  });
});

test.each([
  {
    name: 'PROOF_OF_ADDRESS',
    sections: { identificationprocess: { poaresult: 'SUCCESS' }, additionaldocuments: [{}] },
  },
  { name: 'ESIGNING', sections: { esigning: { result: 'SUCCESS' } } },
  {
    name: 'BANK_TRANSFER',
    sections: { esigning: {}, banktransferpaymentinfo: { paymentstatus: 'SUCCESS' } },
  },
  { name: 'NFC', sections: { identificationprocess: { wasnfcused: 'true' } } },
  { name: 'DRIVERS_LICENSE', sections: { identificationdocument: { type: { value: 'DRIVERS_LICENSE' } } } },
  { name: 'SECOND_DOCUMENT', sections: { identificationdocument2: { type: 'DRIVERS_LICENSE' } } },
])('the final result of the IDnow scenario $name has the sections of its option', ({ name, sections }) => {
  expect(scenario(name).steps(run).at(-1)?.body).toMatchObject(sections);
});

test('the last webhook of the IDnow demo is a CHECK_PENDING with an older time and another body', () => {
  const bodies = scenario('DEMO')
    .steps(run)
    .map(({ body }) => body);

  expect(JSON.stringify(bodies[2])).toBe(JSON.stringify(bodies[1]));
  expect(timeOf(bodies[4])).toBeLessThan(timeOf(bodies[1]));
  expect(bodies[4]).not.toHaveProperty('identificationdocument');
  expect(bodies[1]).toHaveProperty('identificationdocument');
});

test('a later baseTime makes all times in an IDnow scenario later by the same amount', () => {
  const later = createScenarioRun({
    account: 'democompany',
    baseTime: new Date(run.baseTime.getTime() + 3_600_000),
  });
  const [first, second] = [scenario('HAPPYPATH').steps(run), scenario('HAPPYPATH').steps(later)];
  expect(timeOf(second[1]?.body)).toBe(timeOf(first[1]?.body) + 3_600_000);
  expect(ident(second[0]?.body).identificationprocess.id).not.toBe(
    ident(first[0]?.body).identificationprocess.id,
  );
});

describe('findScenario for IDnow', () => {
  test.each(['HAPPYPATH', 'happypath', 'X-MANUALTEST-HAPPYPATH', 'x-manualtest-happypath'])(
    'findScenario finds the IDnow scenario HAPPYPATH by the name %s',
    (name) => {
      expect(scenario(name).name).toBe('HAPPYPATH');
    },
  );

  test.each(['', 'HAPPY', 'HAPPYPATH-X-MANUALTEST-', 'X-ROBOTTEST-HAPPYPATH'])(
    'findScenario finds no IDnow scenario by the name "%s"',
    (name) => {
      expect(findScenario(idnowScenarioPlaySettings, name)).toBeUndefined();
    },
  );
});

test('when a webhook of an IDnow scenario arrives, the IDnow simulator already returns the state of its step', async () => {
  await using receiver = await startReceiver();
  await using idnow = await idnowForTest();
  const token = await loginToIdnow(idnow.url);
  const answers: unknown[] = [];

  const played = await playScenario({
    scenario: scenario('OUT_OF_ORDER'),
    run,
    target: { url: receiver.url, username: 'u', password: 'p' },
    schedule: idnowScenarioPlaySettings.schedule,
    simulator: {
      async put(state) {
        idnow.put(state);
        const response = await getIdent(idnow.url, token, 'case-1');
        answers.push(response.ok ? resultOf(await response.json()) : response.status);
      },
    },
  });

  expect(played.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(bodiesOf(receiver).map(resultOf)).toEqual([start, done, check]);
  expect(answers).toEqual([404, done, done]);
});
