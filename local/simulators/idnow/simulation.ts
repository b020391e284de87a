import * as z from 'zod';
import type { ScenarioPlaySettings } from '../provider-simulation.ts';
import { createDoublingRetrySchedule } from '../retry-schedule.ts';
import type { Scenario, ScenarioRun, ScenarioStep } from '../scenario.ts';
import { isIdent, type SimulatedIdent } from './ident.ts';
import { makeIdent } from './make-ident.ts';
import { type IdnowScenarioStep, idnowScenarios } from './scenarios.ts';

const MINUTE_MS = 60_000;
const ONE_DAY_S = 24 * 60 * 60;

const localConfig = z.object({
  accounts: z.array(z.object({ companyId: z.string() })).min(1),
  basicAuth: z.array(z.object({ username: z.string(), password: z.string() })).min(1),
});

/** IDnow's scenarios, and what `npm run simulate` needs to play them, such as the retry schedule. */
export const idnowScenarioPlaySettings: ScenarioPlaySettings = {
  defaultAccount: 'democompany',
  scenarios: Object.entries(idnowScenarios).map(
    ([name, { summary, steps }]): Scenario => ({
      name,
      summary,
      steps: (run) => toSteps(steps, run),
    }),
  ),
  // By default, IDnow retries webhooks for one day, after pauses of 1, 2, 4, 8, 16 … seconds.
  schedule: createDoublingRetrySchedule({ first: 1, giveUpAfter: ONE_DAY_S }),
  // IDnow's test robot knows its test cases under names with this prefix, such as X-MANUALTEST-HAPPYPATH.
  scenarioPrefix: 'X-MANUALTEST-',
  readLocalConfig(section) {
    const { accounts, basicAuth } = localConfig.parse(section);
    return { account: accounts[0]?.companyId, credential: basicAuth[0] ?? {} };
  },
  statePath: (state) => {
    if (!isIdent(state)) throw new TypeError('The state of an IDnow scenario is an ident');
    const { companyid, transactionnumber } = state.identificationprocess;
    return `/_simulator/idents/${encodeURIComponent(companyid)}/${encodeURIComponent(transactionnumber)}`;
  },
};

function toSteps(steps: readonly IdnowScenarioStep[], run: ScenarioRun): ScenarioStep[] {
  let newest: SimulatedIdent | undefined;
  return steps.map(({ title, ident, isLate, isLost = false }) => {
    const body = identOf(ident, run);
    if (!isLate) newest = body;
    return { title, body, state: newest ?? body, isLost };
  });
}

function identOf({ minute, ...ident }: IdnowScenarioStep['ident'], run: ScenarioRun): SimulatedIdent {
  return makeIdent({
    ...ident,
    companyId: run.account,
    transactionNumber: run.reference,
    time: new Date(run.baseTime.getTime() + minute * MINUTE_MS),
  });
}
