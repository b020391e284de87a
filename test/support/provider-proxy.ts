import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { getListeningPort } from '../../local/stack/http/free-port.ts';

export interface ProviderProxy {
  readonly url: string;
  /**
   * All requests that the proxy has received so far, for example
   * `GET /api/1.0.0/document/5012300/file_contents/?page_number=0`.
   */
  readonly requests: readonly string[];
  /** All values of the header `authorization` that the proxy has received so far. */
  readonly authorizations: ReadonlySet<string>;
  /**
   * Answers the next `times` requests whose URL contains `part` with a status code. Default: all later requests of this
   * kind.
   */
  fail(part: string, status: number, times?: number): void;
  /** Ends the failures that `fail` started for URLs with the same `part`. */
  heal(part: string): void;
  /**
   * Holds back the answer to the next request whose URL contains `part`, until `release` is called. The answer is the
   * provider's answer, or the failure that `fail` set.
   *
   * @returns `answered` resolves when the proxy has received the answer and holds it back
   */
  hold(part: string): { readonly answered: Promise<void>; release(): void };
  /** Leaves all later requests without an answer, until `release` cuts their connections. */
  hang(): { readonly hanging: () => number; release(): void };
  stop(): Promise<void>;
}

interface Hold {
  readonly answered: PromiseWithResolvers<void>;
  readonly released: PromiseWithResolvers<void>;
}

/**
 * Starts a proxy in front of a provider's API. A test can make the proxy answer requests with a failure, late, or
 * never.
 */
export async function providerProxy(target: string): Promise<ProviderProxy> {
  const requests: string[] = [];
  const authorizations = new Set<string>();
  const faults = new Map<string, { readonly status: number; times: number }>();
  const holds = new Map<string, Hold>();
  const takeHold = (url: string): Hold | undefined => {
    const [part, hold] = [...holds].find(([each]) => url.includes(each)) ?? [];
    if (part !== undefined) holds.delete(part);
    return hold;
  };
  /**
   * The open connections of the requests that the proxy does not answer, after a test has called `hang`. Null while the
   * proxy answers requests.
   */
  let hung: Set<Socket> | null = null;
  const untilReleased = async (hold: Hold | undefined) => {
    hold?.answered.resolve();
    await hold?.released.promise;
  };
  const server = createServer(async (incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming;
    requests.push(`${method} ${url}`);
    if (headers.authorization !== undefined) authorizations.add(headers.authorization);
    if (hung !== null) return void hung.add(incoming.socket);
    const [, fault] = [...faults].find(([part, { times }]) => times > 0 && url.includes(part)) ?? [];
    const hold = takeHold(url);
    if (fault !== undefined) {
      fault.times -= 1;
      incoming.resume();
      await untilReleased(hold);
      outgoing.writeHead(fault.status).end();
      return;
    }
    const passedOn = request(new URL(url, target), { method, headers }, async (answer) => {
      await untilReleased(hold);
      if (outgoing.destroyed) return void answer.destroy();
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      // If the provider cuts the connection in the middle of an answer, the proxy does the same.
      pipeline(answer, outgoing, () => undefined);
    });
    passedOn.on('error', () => outgoing.destroy());
    incoming.pipe(passedOn);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${getListeningPort(server.address())}`,
    requests,
    authorizations,
    fail: (part, status, times = Number.POSITIVE_INFINITY) => void faults.set(part, { status, times }),
    heal: (part) => void faults.delete(part),
    hold(part) {
      const hold = { answered: Promise.withResolvers<void>(), released: Promise.withResolvers<void>() };
      holds.set(part, hold);
      return { answered: hold.answered.promise, release: hold.released.resolve };
    },
    hang() {
      const sockets = new Set<Socket>();
      hung = sockets;
      return {
        hanging: () => sockets.size,
        release() {
          hung = null;
          for (const socket of sockets) socket.destroy();
        },
      };
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
