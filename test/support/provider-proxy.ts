import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { listeningPort } from '../../local/stack/http/free-port.ts';

export interface ProviderProxy {
  readonly url: string;
  /** All requests so far: `GET /api/1.0.0/document/5012300/file_contents/?page_number=0`. */
  readonly requests: readonly string[];
  /** Values of `authorization` that have come so far. */
  readonly authorizations: ReadonlySet<string>;
  /** Answers the next requests whose URL contains `part` with a status of its own; all of them unless told how many. */
  fail(part: string, status: number, times?: number): void;
  /** From now on passes requests on that `fail` named by the same part. */
  heal(part: string): void;
  /**
   * Keeps the answer to the next request whose URL contains `part` to itself, until it is released: the provider's, or
   * the one that `fail` gives.
   *
   * @returns `answered` resolves once there is an answer
   */
  hold(part: string): { readonly answered: Promise<void>; release(): void };
  /** Accepts all requests from now on and answers none of them, until `release` cuts their connections. */
  hang(): { readonly hanging: () => number; release(): void };
  stop(): Promise<void>;
}

interface Hold {
  readonly answered: PromiseWithResolvers<void>;
  readonly released: PromiseWithResolvers<void>;
}

/** Stands in front of a provider's API, and fails single files of it, whatever else goes on at the same time. */
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
  /** Connections of requests that are never answered; null while requests are. */
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
      // An answer that breaks off breaks off here as well.
      pipeline(answer, outgoing, () => undefined);
    });
    passedOn.on('error', () => outgoing.destroy());
    incoming.pipe(passedOn);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${listeningPort(server.address())}`,
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
