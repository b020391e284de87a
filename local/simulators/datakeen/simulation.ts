import * as z from 'zod';
import type { ProviderSimulation } from '../provider-simulation.ts';
import { doubling } from '../retry-schedule.ts';
import type { Scenario, ScenarioRun, Step } from '../scenario.ts';
import { signedUrls } from '../signed-url.ts';
import { objectId } from './derived-ids.ts';
import { makeSession } from './make-session.ts';
import { makeWebhook } from './make-webhook.ts';
import { type DatakeenStep, datakeenScenarios } from './scenarios.ts';
import { isSessionState, type SessionState } from './session-state.ts';

const localConfig = z.object({
  username: z.string().optional(),
  urlSecrets: z.tuple([z.string()], z.string()),
});

/** All that a player of scenarios needs to know about Datakeen. */
export const datakeenSimulation: ProviderSimulation = {
  defaultAccount: 'demo-user',
  scenarios: Object.entries(datakeenScenarios).map(
    ([name, { summary, steps }]): Scenario => ({
      name,
      summary,
      steps: (run) => toSteps(steps, run),
    }),
  ),
  // The provider does not say whether it tries again: a few doublings are our own guess.
  schedule: doubling({ first: 1, giveUpAfter: 31 }),
  readLocalConfig(section) {
    const { username, urlSecrets } = localConfig.parse(section);
    const [secret] = urlSecrets;
    return {
      account: username,
      // The signed address is all that the provider can prove itself with.
      credential: {},
      urlFor: signedUrls('datakeen', secret),
    };
  },
  caseIdOf: sessionIdOf,
  statePath: (state) => {
    if (!isSessionState(state)) throw new TypeError('The state of a Datakeen scenario is a session');
    return `/_simulator/sessions/${encodeURIComponent(state.sessionId)}`;
  },
};

/**
 * The session's id. A session is never used twice, so that every run has one of its own, also where two
 * runs are for the same reference of the caller.
 */
export function sessionIdOf({ account, reference, baseTime }: ScenarioRun): string {
  return objectId(account, reference, baseTime.getTime());
}

function toSteps(steps: readonly DatakeenStep[], run: ScenarioRun): Step[] {
  const sessionId = sessionIdOf(run);
  let state: SessionState | null = null;
  return steps.map(({ title, news, session, afterFetch = false }) => {
    if (session !== undefined) state = makeSession({ ...session, sessionId });
    return { title, body: makeWebhook({ ...news, sessionId }), state, afterFetch };
  });
}
