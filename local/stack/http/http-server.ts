import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { CleanupList } from '../cleanup.ts';
import { LocalStackError } from '../errors.ts';
import type { AccessLogRecord } from '../records/request-records.ts';
import { answerRequestAsApiGateway } from './answer-request.ts';
import { getListeningPort } from './free-port.ts';
import type { HttpAnswer } from './http-answer.ts';
import { isLoopbackHost } from './loopback-host.ts';
import { parseRequestPathAndQuery } from './request-target.ts';
import type { RestApi } from './rest-api.ts';

/** The routes that the server serves after the stack is ready. */
interface Served {
  api: RestApi | undefined;
  /** Builds the bodies of the answers to `GET /_local` and to the paths below it. */
  local: Readonly<Record<string, () => unknown>>;
  /** Called with the line of the access log for each request to the REST API. */
  record: (line: AccessLogRecord) => void;
  /** Pages below a path that the REST API does not have. */
  pages?: LocalPages | undefined;
}

export interface LocalPages {
  /** The path of the pages, for example /_console. */
  readonly path: string;
  /** Answers each request for this path or a path below it. */
  readonly listener: RequestListener;
}

export interface HttpServer {
  url: string;
  /** Starts to serve the routes. Before this call, the server answers 503 to each request. */
  serve(served: Served): void;
}

/** Starts the HTTP server on 127.0.0.1. @throws LocalStackError if the port is in use */
export async function startHttpServer(port: number, cleanup: CleanupList): Promise<HttpServer> {
  let served: Served | undefined;
  const server = createServer(async (request, response) => {
    response.on('error', () => undefined); // The client closed the connection, so no answer can be sent.
    const listener = findPages(served, request);
    if (listener !== undefined) return listener(request, response);
    try {
      send(request, response, await answer(served, request));
    } catch (error) {
      // The HTTP answer could not be sent, for example because of an invalid header. Remove the headers that are
      // already set, and answer 502.
      for (const name of response.getHeaderNames()) response.removeHeader(name);
      send(request, response, json(502, { message: String(error) }));
    }
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new LocalStackError(
      `Port ${port} is taken: stop what listens there, or choose another with --port`,
      { cause },
    );
  }
  cleanup.add(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return {
    url: `http://127.0.0.1:${getListeningPort(server.address())}`,
    serve(ready) {
      served = ready;
    },
  };
}

function findPages(served: Served | undefined, request: IncomingMessage): RequestListener | undefined {
  const { path } = parseRequestPathAndQuery(request.url ?? '/');
  const pages = served?.pages;
  if (pages === undefined) return undefined;
  return path === pages.path || path.startsWith(`${pages.path}/`) ? pages.listener : undefined;
}

async function answer(served: Served | undefined, request: IncomingMessage): Promise<HttpAnswer | undefined> {
  if (served === undefined) return json(503, { ready: false });
  const target = parseRequestPathAndQuery(request.url ?? '/');
  const local = Object.hasOwn(served.local, target.path) ? served.local[target.path] : undefined;
  if (request.method === 'GET' && local !== undefined) {
    return isLoopbackHost(request.headersDistinct.host) ? json(200, await local()) : notLoopback;
  }
  if (served.api === undefined) return json(404, { message: 'The template has no REST API' });
  return await answerRequestAsApiGateway(served.api, request, target, served.record);
}

function send(request: IncomingMessage, response: ServerResponse, answer: HttpAnswer | undefined): void {
  if (answer === undefined) {
    request.socket.destroy();
    return;
  }
  // The body of the request is not read to its end. So close the connection: otherwise Node.js would parse the rest of
  // the body as the next request.
  if (!request.complete) response.setHeader('Connection', 'close');
  for (const [name, value] of answer.headers) response.appendHeader(name, value);
  response.statusCode = answer.status;
  response.setHeader('Content-Length', answer.body.length);
  response.end(answer.body);
}

function json(status: number, body: unknown, type = 'application/json'): HttpAnswer {
  return { status, headers: [['Content-Type', type]], body: Buffer.from(JSON.stringify(body)) };
}

/**
 * The answer to `GET /_local` if the Host header names another machine: an error, because the normal answer contains
 * secrets.
 */
const notLoopback = json(
  403,
  {
    type: 'about:blank',
    title: 'Forbidden',
    status: 403,
    detail:
      'GET /_local answers only where the Host header names this machine: localhost, 127.0.0.1 or [::1]. Ask for http://127.0.0.1:PORT/_local.',
  },
  'application/problem+json',
);
