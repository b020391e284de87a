import type { RetrySchedule } from './retry-schedule.ts';
import type { Scenario, ScenarioRun } from './scenario.ts';
import type { WebhookTarget } from './webhook-target.ts';

/** How a provider authenticates itself at a local stack, taken from the stack's configuration. */
export interface LocalAccess {
  account: string | undefined;
  credential: Omit<WebhookTarget, 'url'>;
  /** The address of one run, for providers that callers give a signed address for each case. */
  urlFor?: (url: string, run: ScenarioRun) => string;
}

/** One provider as the player of scenarios sees it. */
export interface ProviderSimulation {
  /** Used when nobody names an account. */
  defaultAccount: string;
  scenarios: readonly Scenario[];
  schedule: RetrySchedule;
  /** Accepted, and ignored, before a scenario's name. */
  scenarioPrefix?: string;
  /** Throws where the section lacks what the provider needs. */
  readLocalConfig(section: unknown): LocalAccess;
  /** The provider's own id of a run's case; absent where the caller's reference is the id. */
  caseIdOf?(run: ScenarioRun): string;
  /** Where a running simulator of this provider takes a state by PUT. */
  statePath(state: unknown): string;
}

/** Finds a scenario by its name, in any case. */
export function findScenario(provider: ProviderSimulation, name: string): Scenario | undefined {
  const { scenarioPrefix = '' } = provider;
  const given = name.toUpperCase();
  const wanted = given.startsWith(scenarioPrefix) ? given.slice(scenarioPrefix.length) : given;
  return provider.scenarios.find((scenario) => scenario.name === wanted);
}

/** Where a run's webhooks go, and with which credentials. */
export function targetOf({ credential, urlFor }: LocalAccess, url: string, run: ScenarioRun): WebhookTarget {
  return { ...credential, url: urlFor === undefined ? url : urlFor(url, run) };
}
