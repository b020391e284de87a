import type { RetrySchedule } from './retry-schedule.ts';
import type { Scenario, ScenarioRun } from './scenario.ts';
import type { WebhookTarget } from './webhook-target.ts';

/** The provider's account and credentials for a local stack, read from the stack's configuration. */
export interface LocalAccess {
  account: string | undefined;
  credential: Omit<WebhookTarget, 'url'>;
  /** Builds the signed URL of one run. Absent if the provider does not use signed URLs. */
  urlFor?: (url: string, run: ScenarioRun) => string;
}

/** Everything that is needed to play the scenarios of one provider. */
export interface ProviderSimulation {
  /** The account to use if the caller names no account. */
  defaultAccount: string;
  scenarios: readonly Scenario[];
  schedule: RetrySchedule;
  /** An optional prefix of scenario names, which is ignored. */
  scenarioPrefix?: string;
  /** Reads the provider's section of the configuration. Throws if a required setting is missing. */
  readLocalConfig(section: unknown): LocalAccess;
  /** Returns the provider's id of the run's case. Absent if the caller's reference is the id. */
  caseIdOf?(run: ScenarioRun): string;
  /** Returns the path at which a running simulator of this provider accepts the state with PUT. */
  statePath(state: unknown): string;
}

/** Finds a scenario by its name. Upper and lower case do not matter. */
export function findScenario(provider: ProviderSimulation, name: string): Scenario | undefined {
  const { scenarioPrefix = '' } = provider;
  const upperCase = name.toUpperCase();
  const plainName = upperCase.startsWith(scenarioPrefix) ? upperCase.slice(scenarioPrefix.length) : upperCase;
  return provider.scenarios.find((scenario) => scenario.name === plainName);
}

/** Returns the URL and the credentials for the webhooks of a run. */
export function webhookTargetOf(
  { credential, urlFor }: LocalAccess,
  url: string,
  run: ScenarioRun,
): WebhookTarget {
  return { ...credential, url: urlFor === undefined ? url : urlFor(url, run) };
}
