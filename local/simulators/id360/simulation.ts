import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { ScenarioPlaySettings } from '../provider-simulation.ts';
import { createDoublingRetrySchedule } from '../retry-schedule.ts';
import type { Scenario, ScenarioRun, ScenarioStep } from '../scenario.ts';
import { createUrlSigner } from '../signed-url.ts';
import { makeId360Callback } from './make-callback.ts';
import { makeId360Report } from './make-report.ts';
import { type Id360ReportJson, isId360ReportJson } from './report.ts';
import { type Id360ScenarioStep, id360Scenarios } from './scenarios.ts';

const MINUTE_MS = 60_000;

const localConfig = z.object({
  username: z.string().optional(),
  callbackHeader: z.object({ name: z.string(), values: z.tuple([z.string()], z.string()) }),
  urlSecrets: z.array(z.string()).default([]),
});

/** ID360's scenarios, and what `npm run simulate` needs to play them, such as the retry schedule. */
export const id360ScenarioPlaySettings: ScenarioPlaySettings = {
  defaultAccount: 'demo-application',
  scenarios: Object.entries(id360Scenarios).map(
    ([name, { summary, steps }]): Scenario => ({
      name,
      summary,
      steps: (run) => toSteps(steps, run),
    }),
  ),
  // ID360 documents that it retries callbacks, but not when. These pauses are our own guess.
  schedule: createDoublingRetrySchedule({ first: 1, giveUpAfter: 31 }),
  readLocalConfig(section) {
    const { username, callbackHeader, urlSecrets } = localConfig.parse(section);
    const [secret] = urlSecrets;
    return {
      account: username,
      credential: { headers: { [callbackHeader.name.toLowerCase()]: callbackHeader.values[0] } },
      ...(secret !== undefined && { urlFor: createUrlSigner('id360', secret) }),
    };
  },
  caseIdOf: (run) => String(computeId360EnrollmentId(run)),
  statePath: (state) => {
    if (!isId360ReportJson(state)) throw new TypeError('The state of an ID360 scenario is a report');
    return `/_simulator/enrollments/${encodeURIComponent(state.id)}`;
  },
};

/**
 * Computes the ID360 enrollment id of one run of a scenario. Two runs have different ids even if their references are
 * equal, because ID360 creates a new enrollment for each case.
 */
export function computeId360EnrollmentId({ account, reference, baseTime }: ScenarioRun): number {
  const text = JSON.stringify([account, reference, baseTime.getTime()]);
  // The enrollment id always has ten digits. A document id is the enrollment id and two more digits. With a fixed length,
  // document ids of two enrollments cannot be equal.
  return 1_000_000_000 + createHash('sha256').update(text).digest().readUInt32BE();
}

function toSteps(steps: readonly Id360ScenarioStep[], run: ScenarioRun): ScenarioStep[] {
  const id = computeId360EnrollmentId(run);
  let state: Id360ReportJson = reportOf({ status: 'NEW' }, run, 0);
  return steps.map(({ title, callback, report, isLost = false }, minute) => {
    if (report !== undefined) state = reportOf(report, run, minute);
    return { title, body: makeId360Callback({ ...callback, id }), state, isLost };
  });
}

function reportOf(
  report: NonNullable<Id360ScenarioStep['report']>,
  run: ScenarioRun,
  minute: number,
): Id360ReportJson {
  return makeId360Report({
    ...report,
    id: computeId360EnrollmentId(run),
    clientReference: run.reference,
    time: new Date(run.baseTime.getTime() + minute * MINUTE_MS),
  });
}
