/** A fault that the simulator injects into the next requests of a route. */
export interface Fault {
  /**
   * The kind of fault. A number: the answer has this status. `hang-up`: the server closes the connection. `slow`: the
   * normal answer arrives late.
   */
  status: number | 'hang-up' | 'slow';
  /** The fault affects only requests whose path contains this text. Default: all requests of the route. */
  path?: string;
  /** The number of requests that the fault affects. Default: 1. */
  times?: number;
  /** Headers to add to the answer, for example `retry-after`. */
  headers?: Readonly<Record<string, string>>;
  /** Replaces the provider's usual body for this status. */
  body?: string;
  /** For `hang-up`: how many bytes of the normal answer to send before the connection closes. */
  afterBytes?: number;
  /** For `slow`: the delay in milliseconds. Default: 60,000, which is longer than any caller should wait. */
  delayMs?: number;
}

export interface Faults<Route extends string> {
  failNext(route: Route, fault: Fault): void;
  /** Removes and returns the next fault for this request, or undefined if there is no fault for it. */
  take(route: Route, path: string): Fault | undefined;
}

/** Creates a queue of faults for each route. */
export function createFaults<Route extends string>(): Faults<Route> {
  const queues = new Map<Route, Fault[]>();
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
