/** One run of a scenario. Each run plays one case. Each provider has its own names for the account and the reference. */
export interface ScenarioRun {
  /** The account at the provider, for example IDnow's shortname. */
  account: string;
  /** The caller's own id of the case: IDnow's transaction number, ID360's client reference. */
  reference: string;
  /** The time at which the case starts, as the simulated provider reports it. Later steps report later times. */
  baseTime: Date;
}

/**
 * One webhook of a scenario, and the state that the simulated API returns with it. The webhook and the state can differ:
 * some webhooks contain only an id, and a late webhook reports an older state than the API returns.
 */
export interface ScenarioStep {
  title: string;
  /** The body of the webhook. It is sent as JSON. */
  body: unknown;
  /** The state of the case that the simulated API returns from this step on. Null if the API does not know the case. */
  state: unknown;
  /** If true, the webhook is never sent, although the simulated API returns the state. */
  isLost?: boolean;
  /** If true, the step waits until a fetcher has fetched the state of the step before. In reality, this takes hours. */
  afterFetch?: boolean;
}

export interface Scenario {
  name: string;
  /** A one-line description of the scenario, for the help text of `npm run simulate`. */
  summary: string;
  steps(run: ScenarioRun): ScenarioStep[];
}

/** The part of a simulator that stores the state of each case. The simulated API returns the stored state. */
export interface CaseStateStore {
  put(state: unknown): void | Promise<void>;
  /** Returns true if the state was fetched after `put` stored it. Absent if the simulator does not record this. */
  wasFetched?(state: unknown): boolean | Promise<boolean>;
}
