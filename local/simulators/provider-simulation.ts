import type { RetrySchedule } from './retry-schedule.ts';
import type { Scenario, ScenarioRun } from './scenario.ts';
import type { WebhookTarget } from './webhook-target.ts';

/** The account and the webhook credentials of one provider, read from the configuration of the local stack. */
export interface LocalProviderAccess {
  account: string | undefined;
  credential: Omit<WebhookTarget, 'url'>;
  /** Builds the signed URL for a run. Absent if the configuration of the provider uses no signed URLs. */
  urlFor?: (url: string, run: ScenarioRun) => string;
}

/** The scenarios of one provider, and everything that is needed to play them. */
export interface ProviderSimulation {
  /** The account of a run, if neither `--company` nor the local stack's configuration names an account. */
  defaultAccount: string;
  scenarios: readonly Scenario[];
  schedule: RetrySchedule;
  /** If a requested scenario name begins with this prefix, the prefix is removed before the scenario is searched. */
  scenarioPrefix?: string;
  /** Reads the provider's section of the local stack's configuration. Throws if a required setting is missing. */
  readLocalConfig(section: unknown): LocalProviderAccess;
  /** Returns the provider's id of the case in a run. Absent if the provider uses the reference as the id. */
  caseIdOf?(run: ScenarioRun): string;
  /** Returns a path of the simulator's control route. A PUT request to this path stores the state in the simulator. */
  statePath(state: unknown): string;
}

/** Finds a provider's scenario by its name. Upper and lower case do not matter. */
export function findScenario(provider: ProviderSimulation, name: string): Scenario | undefined {
  const { scenarioPrefix = '' } = provider;
  const upperCase = name.toUpperCase();
  const plainName = upperCase.startsWith(scenarioPrefix) ? upperCase.slice(scenarioPrefix.length) : upperCase;
  return provider.scenarios.find((scenario) => scenario.name === plainName);
}

/** Returns the URL to which the webhooks of a run are sent, with the provider's credentials. */
export function webhookTargetOf(
  { credential, urlFor }: LocalProviderAccess,
  url: string,
  run: ScenarioRun,
): WebhookTarget {
  return { ...credential, url: urlFor === undefined ? url : urlFor(url, run) };
}
