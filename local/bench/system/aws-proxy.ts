import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { getListeningPort } from '../../stack/http/free-port.ts';

/** A call to an AWS service that passed the proxy. */
export interface AwsCall {
  readonly service: string;
  /** The name of the operation, such as `PutItem`; for S3 the HTTP method. */
  readonly operation: string;
  readonly status: number;
  /** The bodies of the request and of the answer, as text. Empty for S3, whose bodies can be large. */
  readonly requestBody: string;
  readonly answerBody: string;
}

export interface AwsProxy {
  /** All calls so far, in the order of their answers. */
  readonly calls: readonly AwsCall[];
  /**
   * The time that each call takes. The proxy holds back answers that arrive earlier, so the speed of the emulator does
   * not matter. With 0, answers pass at once.
   */
  callMs: number;
  /** If true, the proxy asks DynamoDB how many units each call has consumed. Not all emulators answer this. */
  asksForCapacity: boolean;
  /** Starts the proxy of one service. Returns its URL. */
  intercept(service: string, target: string): Promise<string>;
  stop(): void;
}

/** Creates a proxy between functions and emulators that records all calls and makes each take the same time. */
export function createAwsProxy(): AwsProxy {
  const calls: AwsCall[] = [];
  const servers: Server[] = [];
  const proxy: AwsProxy = {
    calls,
    callMs: 0,
    asksForCapacity: false,
    async intercept(service, target) {
      const server = createServer((incoming, outgoing) => {
        const startedAt = performance.now();
        const asks = proxy.asksForCapacity && service === 'dynamodb';
        forward(incoming, target, asks ? askForCapacity : (body) => body)
          .then(async ({ requestBody, answer, answerBody }) => {
            await sleepUntil(startedAt + proxy.callMs);
            const { method = 'GET', headers } = incoming;
            calls.push({
              service,
              operation: String(headers['x-amz-target'] ?? method).replace(/^.*\./, ''),
              status: answer.statusCode ?? 502,
              requestBody: service === 's3' ? '' : requestBody.toString(),
              answerBody: service === 's3' ? '' : answerBody.toString(),
            });
            reply(outgoing, answer, answerBody);
          })
          .catch(() => outgoing.destroy());
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      servers.push(server);
      return `http://127.0.0.1:${getListeningPort(server.address())}`;
    },
    stop() {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
  return proxy;
}

/** Adds `ReturnConsumedCapacity` to a request to DynamoDB. Emulators do not check the signature of the body. */
function askForCapacity(body: Buffer): Buffer {
  return Buffer.from(JSON.stringify({ ...JSON.parse(body.toString()), ReturnConsumedCapacity: 'TOTAL' }));
}

async function forward(incoming: IncomingMessage, target: string, change: (body: Buffer) => Buffer) {
  const { method, url = '/', headers } = incoming;
  const requestBody = change(await buffer(incoming));
  const { 'transfer-encoding': _chunked, ...others } = headers;
  const outgoing = request(new URL(url, target), {
    method,
    headers: { ...others, 'content-length': requestBody.byteLength },
  });
  outgoing.end(requestBody);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  outgoing.on('response', resolve).on('error', reject);
  const answer = await promise;
  return { requestBody, answer, answerBody: await buffer(answer) };
}

function reply(outgoing: ServerResponse, { statusCode = 502, headers }: IncomingMessage, body: Buffer): void {
  const { 'transfer-encoding': _chunked, ...others } = headers;
  outgoing.writeHead(statusCode, { ...others, 'content-length': body.byteLength });
  outgoing.end(body);
}

async function sleepUntil(time: number): Promise<void> {
  const left = time - performance.now();
  if (left > 0) await sleep(Math.ceil(left));
}
