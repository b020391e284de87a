import * as z from 'zod';
import type { ScenarioPlaySettings } from '../provider-simulation.ts';
import { createDoublingRetrySchedule } from '../retry-schedule.ts';
import type { Scenario, ScenarioRun, ScenarioStep } from '../scenario.ts';
import { createUrlSigner } from '../signed-url.ts';
import { computeDatakeenObjectId } from './derived-ids.ts';
import { makeDatakeenSession } from './make-session.ts';
import { makeDatakeenWebhook } from './make-webhook.ts';
import { type DatakeenScenarioStep, datakeenScenarios } from './scenarios.ts';
import { type DatakeenSessionState, isDatakeenSessionState } from './session-state.ts';

const localConfig = z.object({
  username: z.string().optional(),
  urlSecrets: z.tuple([z.string()], z.string()),
});

/** Datakeen's scenarios, and what `npm run simulate` needs to play them, such as the retry schedule. */
export const datakeenScenarioPlaySettings: ScenarioPlaySettings = {
  defaultAccount: 'demo-user',
  scenarios: Object.entries(datakeenScenarios).map(
    ([name, { summary, steps }]): Scenario => ({
      name,
      summary,
      steps: (run) => toSteps(steps, run),
    }),
  ),
  // Datakeen does not document whether it retries webhooks. These pauses are our own guess.
  schedule: createDoublingRetrySchedule({ first: 1, giveUpAfter: 31 }),
  readLocalConfig(section) {
    const { username, urlSecrets } = localConfig.parse(section);
    const [secret] = urlSecrets;
    return {
      account: username,
      // Datakeen's webhooks contain no credentials. Only the signed URL proves their sender.
      credential: {},
      urlFor: createUrlSigner('datakeen', secret),
    };
  },
  caseIdOf: computeDatakeenSessionId,
  statePath: (state) => {
    if (!isDatakeenSessionState(state)) throw new TypeError('The state of a Datakeen scenario is a session');
    return `/_simulator/sessions/${encodeURIComponent(state.sessionId)}`;
  },
};

/**
 * Computes the Datakeen session id of one run of a scenario. Two runs have different ids even if their references are
 * equal, because Datakeen creates a new session for each case.
 */
export function computeDatakeenSessionId({ account, reference, baseTime }: ScenarioRun): string {
  return computeDatakeenObjectId(account, reference, baseTime.getTime());
}

function toSteps(steps: readonly DatakeenScenarioStep[], run: ScenarioRun): ScenarioStep[] {
  const sessionId = computeDatakeenSessionId(run);
  let state: DatakeenSessionState | null = null;
  return steps.map(({ title, webhook, session, afterFetch = false, isLost = false }) => {
    if (session !== undefined) state = makeDatakeenSession({ ...session, sessionId });
    return { title, body: makeDatakeenWebhook({ ...webhook, sessionId }), state, afterFetch, isLost };
  });
}
