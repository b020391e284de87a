import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { onTestFinished } from 'vitest';
import { getListeningPort } from '../../local/stack/http/free-port.ts';

export interface FailingProxy {
  url: string;
  /** If `refusing` is true, the proxy answers all requests with 500. If it is false, the proxy forwards them. */
  refuse(refusing: boolean): void;
  /** Returns the sender's AWS access key id of each request. The id is in the signature of the request. */
  callers(): string[];
}

/** Starts a proxy that can forward or refuse requests. The proxy stops at the end of the test. */
export async function startFailingProxy(target: string): Promise<FailingProxy> {
  const callers: string[] = [];
  let refusing = false;
  const server = createServer((incoming, outgoing) => {
    callers.push(/Credential=([^/]+)/.exec(incoming.headers.authorization ?? '')?.[1] ?? 'unsigned');
    if (refusing) {
      outgoing.writeHead(500).end();
      return;
    }
    const { method, url, headers } = incoming;
    const passedOn = request(new URL(url ?? '/', target), { method: method ?? 'GET', headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passedOn.on('error', () => outgoing.destroy());
    incoming.pipe(passedOn);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${getListeningPort(server.address())}`,
    refuse: (value) => {
      refusing = value;
    },
    callers: () => callers,
  };
}
