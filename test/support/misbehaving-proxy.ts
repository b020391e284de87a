import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { getListeningPort } from '../../local/stack/http/free-port.ts';

/** A wrong answer that the proxy sends to one request, instead of the provider's answer. */
export type Misbehaviour =
  | {
      readonly status: number;
      readonly body?: string | Uint8Array;
      readonly headers?: Record<string, string>;
    }
  /** Sends the first half of the provider's answer without a content length, then closes or resets the connection. */
  | { readonly cut: 'close' | 'reset' }
  /**
   * Sends half of the provider's HTTP answer, and ends it as if it were complete. A proxy that has lost its connection
   * to the provider does the same.
   */
  | { readonly cut: 'last-chunk' }
  /** Sends the provider's HTTP answer with bytes that the test has changed. */
  | {
      readonly change: (bytes: Buffer) => Buffer | Promise<Buffer>;
      readonly headers?: Record<string, string>;
    };

export interface MisbehavingProxy {
  readonly url: string;
  /**
   * All requests that the proxy has received so far, for example
   * `GET /api/1.0.0/document/5012300/file_contents/?page_number=0`.
   */
  readonly requests: readonly string[];
  /** Answers the next requests whose URL matches `path` with these wrong answers, one per request. */
  misbehave(path: RegExp, ...misbehaviours: readonly Misbehaviour[]): void;
  stop(): Promise<void>;
}

/**
 * Starts a proxy in front of a provider's API. For single requests, the proxy sends a wrong or damaged answer that a
 * test chooses.
 */
export async function misbehavingProxy(target: string): Promise<MisbehavingProxy> {
  const requests: string[] = [];
  const plans: { readonly path: RegExp; readonly left: Misbehaviour[] }[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const { method = 'GET', url = '/' } = incoming;
    requests.push(`${method} ${url}`);
    const plan = plans.find(({ path, left }) => left.length > 0 && path.test(url));
    try {
      await answer(target, incoming, outgoing, plan?.left.shift());
    } catch {
      outgoing.destroy();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${getListeningPort(server.address())}`,
    requests,
    misbehave: (path, ...misbehaviours) => void plans.push({ path, left: [...misbehaviours] }),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  target: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  misbehaviour: Misbehaviour | undefined,
): Promise<void> {
  if (misbehaviour !== undefined && 'status' in misbehaviour) {
    incoming.resume();
    outgoing.writeHead(misbehaviour.status, misbehaviour.headers).end(misbehaviour.body);
    return;
  }
  const proper = await passOn(target, incoming);
  if (misbehaviour === undefined) {
    outgoing.writeHead(proper.statusCode ?? 502, proper.headers);
    proper.pipe(outgoing);
    return;
  }
  const bytes = await buffer(proper);
  const type = proper.headers['content-type'] ?? 'application/octet-stream';
  if ('change' in misbehaviour) {
    const headers = { 'content-type': type, ...misbehaviour.headers };
    outgoing.writeHead(200, headers).end(await misbehaviour.change(bytes));
    return;
  }
  const half = bytes.subarray(0, bytes.byteLength / 2);
  if (misbehaviour.cut === 'last-chunk') {
    outgoing.writeHead(200, { 'content-type': type }).end(half);
    return;
  }
  const head = `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\nconnection: close\r\n\r\n`;
  const { socket } = incoming;
  const end = misbehaviour.cut === 'close' ? () => socket.end() : () => socket.resetAndDestroy();
  // Wait before the proxy resets the connection, because a reset discards the bytes that the client has not read yet.
  socket.write(Buffer.concat([Buffer.from(head), half]), () => setTimeout(end, 100));
}

async function passOn(target: string, incoming: IncomingMessage): Promise<IncomingMessage> {
  const { method, url = '/', headers } = incoming;
  const passedOn = request(new URL(url, target), { method, headers });
  incoming.pipe(passedOn);
  const [proper] = await once(passedOn, 'response');
  return proper;
}
