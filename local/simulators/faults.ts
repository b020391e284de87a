/** A planned error of the simulator, for a test. It affects the next requests to a route. */
export interface PlannedError {
  /**
   * The kind of planned error. A number: the simulator answers with this HTTP status. `hang-up`: the simulator closes
   * the connection. `slow`: the simulator sends the normal answer late.
   */
  status: number | 'hang-up' | 'slow';
  /** If set, the planned error affects only requests whose path contains this text. */
  path?: string;
  /** The number of requests that the planned error affects. Default: 1. */
  times?: number;
  /** Headers that the planned error adds to the answer, for example `retry-after`. */
  headers?: Readonly<Record<string, string>>;
  /** The body that the simulator answers with. Default: the body that it would send without this option. */
  body?: string;
  /** For `hang-up`: the number of body bytes that the simulator sends before it closes. Default: no answer at all. */
  afterBytes?: number;
  /** For `slow`: the delay of the answer in milliseconds. Default: 60,000, so that every client times out first. */
  delayMs?: number;
}

export interface PlannedErrorQueues<Route extends string> {
  failNext(route: Route, fault: PlannedError): void;
  /** Removes the next planned error for a request from the queue. @returns the planned error, or undefined */
  take(route: Route, path: string): PlannedError | undefined;
}

/** Creates one queue of planned errors for each route of a simulator. */
export function createPlannedErrorQueues<Route extends string>(): PlannedErrorQueues<Route> {
  const queues = new Map<Route, PlannedError[]>();
  return {
    failNext(route, fault) {
      const repeated = Array.from({ length: fault.times ?? 1 }, () => fault);
      queues.set(route, [...(queues.get(route) ?? []), ...repeated]);
    },
    take(route, path) {
      const queue = queues.get(route) ?? [];
      const index = queue.findIndex((fault) => path.includes(fault.path ?? ''));
      return index === -1 ? undefined : queue.splice(index, 1)[0];
    },
  };
}
