import type { IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { startLoopbackServer } from '../../../local/simulators/loopback-server.ts';

interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Receiver extends AsyncDisposable {
  /** The URL of the endpoint, as a simulator or `npm run simulate` needs it. */
  url: string;
  origin: string;
  received: Received[];
}

/** An answer of the endpoint: a status, or a status with headers. */
export type Reply = number | { status: number; headers: Record<string, string> };

/** Starts an endpoint that receives webhooks. It answers with the given replies in order, and then always with 200. */
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

/** Returns the JSON bodies of the received webhooks, in order of arrival. */
export function bodiesOf({ received }: Receiver): unknown[] {
  return received.map(({ body }) => JSON.parse(body));
}
