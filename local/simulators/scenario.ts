/** The case that a scenario is played for. Each provider has its own names for account and reference. */
export interface ScenarioRun {
  /** The account at the provider, for example IDnow's shortname. */
  account: string;
  /** The caller's own id of the case: IDnow's transaction number, ID360's client reference. */
  reference: string;
  /** The time at which the scenario starts. The times that the provider reports are later. */
  baseTime: Date;
}

/**
 * One webhook of a scenario. Its body and its API state can differ: some providers send only an id, and a late webhook
 * reports an older state than the API.
 */
export interface Step {
  title: string;
  /** The body of the webhook. It is sent as JSON. */
  body: unknown;
  /** The state that the provider's API returns from this step on. Null if the API does not know the case (forged). */
  state: unknown;
  /** Whether to wait until the API's previous state was fetched. In reality, hours pass between the two steps. */
  afterFetch?: boolean;
}

export interface Scenario {
  name: string;
  /** One line for the list of scenarios that the command prints. */
  summary: string;
  steps(run: ScenarioRun): Step[];
}

/** Receives the states of a case, so the simulated API always matches the webhooks. */
export interface StateSink {
  put(state: unknown): void | Promise<void>;
  /** Returns whether this state was fetched after it was put. Absent if the simulator does not track requests. */
  wasFetched?(state: unknown): boolean | Promise<boolean>;
}
