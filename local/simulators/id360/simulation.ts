import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { ProviderSimulation } from '../provider-simulation.ts';
import { doubling } from '../retry-schedule.ts';
import type { Scenario, ScenarioRun, Step } from '../scenario.ts';
import { signedUrls } from '../signed-url.ts';
import { makeCallback } from './make-callback.ts';
import { makeReport } from './make-report.ts';
import { isReport, type Report } from './report.ts';
import { type Id360Step, id360Scenarios } from './scenarios.ts';

const MINUTE_MS = 60_000;

const localConfig = z.object({
  username: z.string().optional(),
  callbackHeader: z.object({ name: z.string(), values: z.tuple([z.string()], z.string()) }),
  urlSecrets: z.array(z.string()).default([]),
});

/** All that a player of scenarios needs to know about ID360. */
export const id360Simulation: ProviderSimulation = {
  defaultAccount: 'demo-application',
  scenarios: Object.entries(id360Scenarios).map(
    ([name, { summary, steps }]): Scenario => ({
      name,
      summary,
      steps: (run) => toSteps(steps, run),
    }),
  ),
  // The provider says that it tries again, and not when: a few doublings are our own guess.
  schedule: doubling({ first: 1, giveUpAfter: 31 }),
  readLocalConfig(section) {
    const { username, callbackHeader, urlSecrets } = localConfig.parse(section);
    const [secret] = urlSecrets;
    return {
      account: username,
      credential: { headers: { [callbackHeader.name.toLowerCase()]: callbackHeader.values[0] } },
      ...(secret !== undefined && { urlFor: signedUrls('id360', secret) }),
    };
  },
  caseIdOf: (run) => String(enrollmentIdOf(run)),
  statePath: (state) => {
    if (!isReport(state)) throw new TypeError('The state of an ID360 scenario is a report');
    return `/_simulator/enrollments/${encodeURIComponent(state.id)}`;
  },
};

/**
 * The enrollment's id. An enrollment is never used twice, so that every run has one of its own, also where
 * two runs are for the same reference of the caller.
 */
export function enrollmentIdOf({ account, reference, baseTime }: ScenarioRun): number {
  const text = JSON.stringify([account, reference, baseTime.getTime()]);
  // Ten digits, to fit where documents' ids are made from it.
  return 1_000_000_000 + createHash('sha256').update(text).digest().readUInt32BE();
}

function toSteps(steps: readonly Id360Step[], run: ScenarioRun): Step[] {
  const id = enrollmentIdOf(run);
  let state: Report = reportOf({ status: 'NEW' }, run, 0);
  return steps.map(({ title, callback, report }, minute) => {
    if (report !== undefined) state = reportOf(report, run, minute);
    return { title, body: makeCallback({ ...callback, id }), state };
  });
}

function reportOf(report: NonNullable<Id360Step['report']>, run: ScenarioRun, minute: number): Report {
  return makeReport({
    ...report,
    id: enrollmentIdOf(run),
    clientReference: run.reference,
    time: new Date(run.baseTime.getTime() + minute * MINUTE_MS),
  });
}
