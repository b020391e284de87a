/** Which case a scenario is played for. Every provider has the first two under names of its own. */
export interface ScenarioRun {
  /** The provider's account that the case belongs to, IDnow's shortname for example. */
  account: string;
  /** The caller's own id of the case: IDnow's transaction number, ID360's client reference. */
  reference: string;
  /** Provider times count upwards from here. */
  baseTime: Date;
}

/**
 * One delivery. What the webhook says and what the provider's API answers at that moment are two things:
 * some providers send only an id, and a late delivery tells what is no longer true.
 */
export interface Step {
  title: string;
  /** Sent as JSON. */
  body: unknown;
  /** What the provider's API knows from this step on; null where it knows nothing, as of a forged case. */
  state: unknown;
  /** Whether it comes only once somebody has fetched what the API knew before, as in the hours between in real life. */
  afterFetch?: boolean;
}

export interface Scenario {
  name: string;
  /** One line for the list that the command prints. */
  summary: string;
  steps(run: ScenarioRun): Step[];
}

/** Where the states of a case go, so that the provider's API answers in step with its webhooks. */
export interface StateSink {
  put(state: unknown): void | Promise<void>;
  /** Whether somebody has fetched this state since it was put; absent where that is not kept. */
  wasFetched?(state: unknown): boolean | Promise<boolean>;
}
