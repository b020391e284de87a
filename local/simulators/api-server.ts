import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, sendAnswer, sendPartOf } from './answer.ts';
import { createFaults, type Fault } from './faults.ts';
import { startLoopbackServer } from './loopback-server.ts';

export interface ApiRequest {
  method: string;
  /** Without the query string. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  readText(): Promise<string>;
}

/** What a request is for, and how it is answered when nothing goes wrong. */
interface Resolved<Route extends string> {
  route: Route;
  answer(): Answer | Promise<Answer>;
}

export interface ApiOptions<Route extends string> {
  port?: number | undefined;
  /** Counts from here, every route at 0. */
  requests: Record<Route, number>;
  resolve(request: ApiRequest): Resolved<Route>;
  /** The provider's own body for an injected status. */
  errorAnswer(status: number): Answer;
}

export interface ApiServer<Route extends string> {
  url: string;
  /** How many requests each route has had, those hit by a fault included. */
  requests: Readonly<Record<Route, number>>;
  failNext(route: Route, fault: Fault): void;
  stop(): Promise<void>;
}

const DEFAULT_DELAY_MS = 60_000;

/** A provider's API on the loopback: it counts, it fails when told to, otherwise it answers. */
export async function startApiServer<Route extends string>(
  options: ApiOptions<Route>,
): Promise<ApiServer<Route>> {
  const { requests } = options;
  const faults = createFaults<Route>();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const apiRequest = read(request);
    const { route, answer } = options.resolve(apiRequest);
    requests[route] += 1;
    const fault = faults.take(route, apiRequest.path);
    if (fault === undefined) return sendAnswer(response, await answer());
    if (fault.status === 'hang-up') {
      if (fault.afterBytes === undefined) return void response.destroy();
      return sendPartOf(response, withHeaders(await answer(), fault), fault.afterBytes);
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

function read(request: IncomingMessage): ApiRequest {
  const { method = '', url = '/', headers } = request;
  const [path = '/', ...query] = url.split('?');
  return {
    method,
    path,
    query: new URLSearchParams(query.join('?')),
    headers,
    readText: () => textOf(request),
  };
}

function withHeaders(answer: Answer, fault: Fault): Answer {
  return {
    ...answer,
    headers: { ...answer.headers, ...fault.headers },
    body: fault.body ?? answer.body,
  };
}
