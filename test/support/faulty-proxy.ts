import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listeningPort } from '../../local/stack/http/free-port.ts';

/** An AWS call as it went over the wire. */
export interface AwsCall {
  readonly service: string;
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Text of the body, of JSON calls only: bodies of objects pass unread. */
  readonly body: string;
  /** Access key id of who called: each function of the local stack has its own. */
  readonly caller: string;
}

/** `pass`: on to the emulator. `refuse`: 500. `hang up`: the connection is cut. A promise holds the call. */
export type Verdict = 'pass' | 'refuse' | 'hang up' | { readonly answer: object; readonly status?: number };

export interface FaultyProxy {
  /** For `interceptEndpoint`: puts a proxy in front of an emulator. */
  readonly intercept: (service: string, url: string) => Promise<string>;
  /** All calls so far, whatever became of them. */
  readonly calls: AwsCall[];
  /** Decides what becomes of each call from now on; undefined: all pass. */
  judge: ((call: AwsCall) => Verdict | Promise<Verdict>) | undefined;
  stop(): Promise<void>;
}

/** Proxies between functions and emulators: they write down every call, and fail those that a test wants to fail. */
export function faultyProxy(): FaultyProxy {
  const stops: (() => Promise<void>)[] = [];
  const proxy: FaultyProxy = {
    calls: [],
    judge: undefined,
    async intercept(service, target) {
      const server = createServer(async (incoming, outgoing) => {
        const body = isObject(incoming) ? null : await buffer(incoming);
        const call = callOf(service, incoming, body?.toString() ?? '');
        proxy.calls.push(call);
        const verdict = (await proxy.judge?.(call)) ?? 'pass';
        if (verdict === 'hang up') return void incoming.socket.destroy();
        if (verdict === 'refuse') return void outgoing.writeHead(500).end();
        if (verdict !== 'pass') {
          return void outgoing.writeHead(verdict.status ?? 200).end(JSON.stringify(verdict.answer));
        }
        const options = { method: call.method, headers: incoming.headers };
        const passedOn = request(new URL(call.url, target), options, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        });
        passedOn.on('error', () => outgoing.destroy());
        outgoing.on('close', () => passedOn.destroy());
        if (body === null) incoming.pipe(passedOn);
        else passedOn.end(body);
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      stops.push(async () => {
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
      });
      return `http://127.0.0.1:${listeningPort(server.address())}`;
    },
    async stop() {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
  return proxy;
}

/** S3's calls are REST, all others are JSON with a target. */
const isObject = ({ headers }: IncomingMessage) => headers['x-amz-target'] === undefined;

function callOf(
  service: string,
  { method = '', url = '/', headers }: IncomingMessage,
  body: string,
): AwsCall {
  const caller = /Credential=([^/]+)/.exec(headers.authorization ?? '')?.[1] ?? 'unsigned';
  return { service, method, url, headers, body, caller };
}

/** `SendMessageBatch` of a JSON call; empty for S3's. */
export function operationOf({ headers }: AwsCall): string {
  return String(headers['x-amz-target'] ?? '').replace(/^.*\./, '');
}
