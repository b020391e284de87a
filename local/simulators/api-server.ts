import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { buffer as bytesOf, text as textOf } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type SimulatedAnswer, sendAnswer, sendTruncatedAnswer } from './answer.ts';
import { createPlannedErrorQueues, type PlannedError } from './faults.ts';
import { startLoopbackServer } from './loopback-server.ts';

export interface SimulatorApiRequest {
  method: string;
  /** The path of the request URL, without the query string. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  readText(): Promise<string>;
  readBytes(): Promise<Buffer>;
}

/** The route of a request, and a function that creates its normal answer. Planned errors can replace this answer. */
interface ResolvedRequest<Route extends string> {
  route: Route;
  answer(): SimulatedAnswer | Promise<SimulatedAnswer>;
}

export interface SimulatorApiServerOptions<Route extends string> {
  port?: number | undefined;
  /** The request counter of each route. Each counter starts at 0. */
  requests: Record<Route, number>;
  resolve(request: SimulatorApiRequest): ResolvedRequest<Route>;
  /** Creates an error answer in the provider's format, for a planned error of the simulator with this HTTP status. */
  errorAnswer(status: number): SimulatedAnswer;
}

export interface SimulatorApiServer<Route extends string> {
  url: string;
  /** The number of requests to each route. It includes requests that the simulator answered with a planned error. */
  requests: Readonly<Record<Route, number>>;
  failNext(route: Route, fault: PlannedError): void;
  stop(): Promise<void>;
}

const DEFAULT_DELAY_MS = 60_000;

/** Starts the HTTP server of a simulator on 127.0.0.1. The server counts requests per route, and can send planned errors. */
export async function startSimulatorApiServer<Route extends string>(
  options: SimulatorApiServerOptions<Route>,
): Promise<SimulatorApiServer<Route>> {
  const { requests } = options;
  const faults = createPlannedErrorQueues<Route>();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const apiRequest = read(request);
    const { route, answer } = options.resolve(apiRequest);
    requests[route] += 1;
    const fault = faults.take(route, apiRequest.path);
    if (fault === undefined) return sendAnswer(response, await answer());
    if (fault.status === 'hang-up') {
      if (fault.afterBytes === undefined) return void response.destroy();
      return sendTruncatedAnswer(response, withHeaders(await answer(), fault), fault.afterBytes);
    }
    if (fault.status === 'slow') {
      await sleep(fault.delayMs ?? DEFAULT_DELAY_MS, undefined, { ref: false });
      return sendAnswer(response, withHeaders(await answer(), fault));
    }
    return sendAnswer(response, withHeaders(options.errorAnswer(fault.status), fault));
  }

  const server = await startLoopbackServer(handle, options.port);
  return {
    url: server.url,
    requests,
    failNext: faults.failNext,
    stop: server.stop,
  };
}

function read(request: IncomingMessage): SimulatorApiRequest {
  const { method = '', url = '/', headers } = request;
  const [path = '/', ...query] = url.split('?');
  return {
    method,
    path,
    query: new URLSearchParams(query.join('?')),
    headers,
    readText: () => textOf(request),
    readBytes: () => bytesOf(request),
  };
}

function withHeaders(answer: SimulatedAnswer, fault: PlannedError): SimulatedAnswer {
  return {
    ...answer,
    headers: { ...answer.headers, ...fault.headers },
    body: fault.body ?? answer.body,
  };
}
