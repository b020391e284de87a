import type { IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { startLoopbackServer } from '../../../local/simulators/loopback-server.ts';

interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Receiver extends AsyncDisposable {
  /** The URL that webhooks are sent to. */
  url: string;
  origin: string;
  received: Received[];
}

/** The status of an answer, with optional headers. */
export type Reply = number | { status: number; headers: Record<string, string> };

/** Starts an endpoint that sends the given replies in order, and then 200. */
export async function startReceiver(replies: readonly Reply[] = []): Promise<Receiver> {
  const received: Received[] = [];
  const server = await startLoopbackServer(async (request, response) => {
    const body = await text(request);
    const reply = replies[received.length] ?? 200;
    received.push({ path: request.url ?? '', headers: request.headers, body });
    const { status, headers } = typeof reply === 'number' ? { status: reply, headers: {} } : reply;
    response.writeHead(status, headers).end(`{"answer":${received.length}}`);
  });
  return {
    url: `${server.url}/webhooks/idnow`,
    origin: server.url,
    received,
    [Symbol.asyncDispose]: server.stop,
  };
}

/** Returns the received JSON bodies in order of arrival. */
export function bodiesOf({ received }: Receiver): unknown[] {
  return received.map(({ body }) => JSON.parse(body));
}
