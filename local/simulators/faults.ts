/** What goes wrong with the next requests of a route. */
export interface Fault {
  /**
   * A number: answered with that status instead. `hang-up`: the connection is cut. `slow`: answered
   * properly, but late.
   */
  status: number | 'hang-up' | 'slow';
  /** Hits only requests whose path contains this; all of the route unless told otherwise. */
  path?: string;
  /** How many requests it hits, 1 unless told otherwise. */
  times?: number;
  /** Added to the answer, `retry-after` for example. */
  headers?: Readonly<Record<string, string>>;
  /** Replaces the body that the provider would send with such a status. */
  body?: string;
  /** Of `hang-up`: the proper answer is sent up to here first, so that the client holds a part of it. */
  afterBytes?: number;
  /** Of `slow`: how late, 60 s unless told otherwise, which is longer than any caller should wait. */
  delayMs?: number;
}

export interface Faults<Route extends string> {
  failNext(route: Route, fault: Fault): void;
  /** The fault that hits this request, if any. */
  take(route: Route, path: string): Fault | undefined;
}

/** Faults wait in line, each route has its own. */
export function createFaults<Route extends string>(): Faults<Route> {
  const waiting = new Map<Route, Fault[]>();
  return {
    failNext(route, fault) {
      const copies = Array.from({ length: fault.times ?? 1 }, () => fault);
      waiting.set(route, [...(waiting.get(route) ?? []), ...copies]);
    },
    take(route, path) {
      const inLine = waiting.get(route) ?? [];
      const index = inLine.findIndex((fault) => path.includes(fault.path ?? ''));
      return index === -1 ? undefined : inLine.splice(index, 1)[0];
    },
  };
}
