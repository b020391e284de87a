import type { RetrySchedule } from './retry-schedule.ts';
import type { Scenario, ScenarioRun } from './scenario.ts';
import type { WebhookUrlAndCredentials } from './webhook-target.ts';

/** The account and the webhook credentials of one provider, read from the configuration of the local stack. */
export interface ProviderAccountAndWebhookCredentials {
  account: string | undefined;
  credential: Omit<WebhookUrlAndCredentials, 'url'>;
  /** Builds the signed URL for one run of a scenario. Absent if the provider's configuration uses no signed URLs. */
  urlFor?: (url: string, run: ScenarioRun) => string;
}

/** The scenarios of one provider, and what `npm run simulate` needs to play them, such as the retry schedule. */
export interface ScenarioPlaySettings {
  /** The account at the provider, if neither `--company` nor the local stack's configuration names one. */
  defaultAccount: string;
  scenarios: readonly Scenario[];
  schedule: RetrySchedule;
  /** A prefix that users may type before the name of a scenario. The search for the scenario ignores it. */
  scenarioPrefix?: string;
  /** Reads the provider's section of the local stack's configuration. Throws if a required setting is missing. */
  readLocalConfig(section: unknown): ProviderAccountAndWebhookCredentials;
  /** Returns the provider's id of the case that a run plays. Absent if the provider uses the reference as the id. */
  caseIdOf?(run: ScenarioRun): string;
  /** Returns the path of the simulator's control route for a state. A PUT request to this path stores the state. */
  statePath(state: unknown): string;
}

/** Finds a provider's scenario by its name. Upper and lower case do not matter. */
export function findScenario(provider: ScenarioPlaySettings, name: string): Scenario | undefined {
  const { scenarioPrefix = '' } = provider;
  const upperCase = name.toUpperCase();
  const plainName = upperCase.startsWith(scenarioPrefix) ? upperCase.slice(scenarioPrefix.length) : upperCase;
  return provider.scenarios.find((scenario) => scenario.name === plainName);
}

/** Returns where the webhooks of one scenario run are sent: the URL, and the provider's credentials. */
export function buildWebhookUrlAndCredentials(
  { credential, urlFor }: ProviderAccountAndWebhookCredentials,
  url: string,
  run: ScenarioRun,
): WebhookUrlAndCredentials {
  return { ...credential, url: urlFor === undefined ? url : urlFor(url, run) };
}
