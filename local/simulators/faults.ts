/** A fault for a test: the simulator injects it into the next requests to a route. */
export interface InjectedFault {
  /**
   * The kind of fault. A number: the simulator answers with this HTTP status. `hang-up`: the simulator closes the
   * connection. `slow`: the simulator sends the normal answer late.
   */
  status: number | 'hang-up' | 'slow';
  /** If set, the fault affects only requests whose path contains this text. */
  path?: string;
  /** The number of requests that the fault affects. Default: 1. */
  times?: number;
  /** Headers to add to the answer, for example `retry-after`. */
  headers?: Readonly<Record<string, string>>;
  /** The body of the answer. Default: the body that the simulator would send without it. */
  body?: string;
  /** For `hang-up`: the number of body bytes to send before the connection closes. Default: send no answer at all. */
  afterBytes?: number;
  /** For `slow`: the delay in milliseconds. Default: 60,000, because every client should time out earlier. */
  delayMs?: number;
}

export interface FaultQueues<Route extends string> {
  failNext(route: Route, fault: InjectedFault): void;
  /** Removes the next fault for a request from the queue and returns it. @returns undefined if there is no such fault */
  take(route: Route, path: string): InjectedFault | undefined;
}

/** Creates one queue of injected faults for each route. */
export function createFaultQueues<Route extends string>(): FaultQueues<Route> {
  const queues = new Map<Route, InjectedFault[]>();
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
