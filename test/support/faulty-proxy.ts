import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { getListeningPort } from '../../local/stack/http/free-port.ts';

/** An AWS call that a proxy received. */
export interface AwsCall {
  readonly service: string;
  readonly method: string;
  /** The path and the query of the AWS call's URL. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /**
   * The body as text. Empty for a call to S3 that uploads bytes, because the proxy forwards S3's objects without reading
   * them.
   */
  readonly body: string;
  /** The access key id of the caller. Each function of the local stack has its own access key. */
  readonly caller: string;
}

/**
 * The reaction of a proxy to a call: forward the call (`pass`), answer 500 (`refuse`), cut the connection (`hang up`),
 * or send `answer`.
 */
export type Verdict = 'pass' | 'refuse' | 'hang up' | { readonly answer: object; readonly status?: number };

export interface FaultyProxy {
  /** Starts a proxy in front of an emulator and returns the proxy's URL. Pass this function as `interceptEndpoint`. */
  readonly intercept: (service: string, url: string) => Promise<string>;
  /** All calls that the proxies have received so far, forwarded or not. */
  readonly calls: AwsCall[];
  /**
   * Chooses the reaction of the proxies to each later AWS call. While the promise that `judge` returned is pending, the
   * AWS call waits. If `judge` is undefined, the proxies forward all calls.
   */
  judge: ((call: AwsCall) => Verdict | Promise<Verdict>) | undefined;
  stop(): Promise<void>;
}

/**
 * Creates proxies between functions and emulators. The proxies record each call, and fail the calls that a test
 * selects.
 */
export function faultyProxy(): FaultyProxy {
  const stops: (() => Promise<void>)[] = [];
  const proxy: FaultyProxy = {
    calls: [],
    judge: undefined,
    async intercept(service, target) {
      const server = createServer(async (incoming, outgoing) => {
        const body = isUploadToS3(incoming) ? null : await buffer(incoming);
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
      return `http://127.0.0.1:${getListeningPort(server.address())}`;
    },
    async stop() {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
  return proxy;
}

/** Returns true for a call to S3 that uploads bytes. Only calls to S3 have no header `x-amz-target`. */
const isUploadToS3 = ({ method, headers }: IncomingMessage) =>
  headers['x-amz-target'] === undefined && method === 'PUT';

function callOf(
  service: string,
  { method = '', url = '/', headers }: IncomingMessage,
  body: string,
): AwsCall {
  const caller = /Credential=([^/]+)/.exec(headers.authorization ?? '')?.[1] ?? 'unsigned';
  return { service, method, url, headers, body, caller };
}

/** Returns the operation of an AWS call, such as `SendMessageBatch`. For a call to S3, returns an empty string. */
export function operationOf({ headers }: AwsCall): string {
  return String(headers['x-amz-target'] ?? '').replace(/^.*\./, '');
}
