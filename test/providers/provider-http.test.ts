import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listeningPort } from '../../local/stack/emulators/free-port.ts';
import { EvidenceError } from '../../shared/providers/evidence-error.ts';
import { callProvider, downloadOf } from '../../shared/providers/provider-http.ts';

type Respond = (request: IncomingMessage, response: ServerResponse) => void;

let respond: Respond = () => undefined;
const requests: IncomingMessage[] = [];
const server = createServer((request, response) => {
  requests.push(request);
  respond(request, response);
});
let url: URL;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = new URL(
    `http://127.0.0.1:${listeningPort(server.address())}/api/v1/c/identifications/secret-txn.zip`,
  );
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const answer = (status: number, headers: Record<string, string> = {}): Respond => {
  return (_request, response) => response.writeHead(status, headers).end('{"token":"of-the-body"}');
};

async function failureOf(behaviour: Respond, signal = AbortSignal.timeout(10_000)): Promise<EvidenceError> {
  respond = behaviour;
  const error = await callProvider('GET ident.zip', url, { signal }).catch((thrown: unknown) => thrown);
  if (error instanceof EvidenceError) return error;
  throw new Error('the call did not fail as evidence does', { cause: error });
}

const inTwoHours = () => new Date(Date.now() + 2 * 3600 * 1000).toUTCString();

describe('an answer', () => {
  test.each<[what: string, headers: Record<string, string>, sent: Buffer, length: number | null]>([
    ['as it is, has its length', {}, Buffer.from('abc'), 3],
    ['without a length, has none', { 'transfer-encoding': 'chunked' }, Buffer.from('abc'), null],
    // Some proxies compress whatever they are asked for.
    ['that is compressed, has none', { 'content-encoding': 'gzip' }, gzipSync('abc'), null],
  ])('%s', async (_what, headers, sent, length) => {
    respond = (_request, response) => {
      const told = 'transfer-encoding' in headers ? {} : { 'content-length': sent.byteLength };
      response.writeHead(200, { ...told, ...headers }).end(sent);
    };
    const response = await callProvider('GET ident.zip', url, { signal: AbortSignal.timeout(10_000) });
    const download = downloadOf('GET ident.zip', response);
    expect([download.length, await text(download.body)]).toEqual([length, 'abc']);
  });
});

describe('what an answer means', () => {
  test.each<
    [title: string, status: number, headers: Record<string, string>, kind: string, seconds: number | null]
  >([
    ['accepted, not ready', 202, {}, 'not_ready', null],
    ['no content', 204, {}, 'unexpected', null],
    ['part of it', 206, {}, 'unexpected', null],
    ['moved', 301, { location: '/elsewhere' }, 'transient', null],
    ['found elsewhere', 302, { location: 'http://169.254.169.254/' }, 'transient', null],
    ['a web page', 200, { 'content-type': 'text/html; charset=utf-8' }, 'transient', null],
    ['bad request', 400, {}, 'unexpected', null],
    ['unauthorized', 401, {}, 'unauthorized', null],
    ['forbidden', 403, {}, 'forbidden', null],
    ['not found', 404, {}, 'not_found', null],
    ['our request was slow', 408, {}, 'transient', null],
    ['gone', 410, {}, 'gone', null],
    ['throttled', 429, {}, 'throttled', null],
    ['throttled for a minute', 429, { 'retry-after': '60' }, 'throttled', 60],
    ['throttled for no time', 429, { 'retry-after': '0' }, 'throttled', 0],
    ['throttled for a week', 429, { 'retry-after': '604800' }, 'throttled', 39_600],
    [
      'throttled until a time that has passed',
      429,
      { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' },
      'throttled',
      0,
    ],
    ['throttled for nonsense', 429, { 'retry-after': 'soon' }, 'throttled', null],
    [
      'throttled for less than nothing',
      429,
      { 'retry-after': '-5' },
      'throttled',
      expect.toSatisfy((seconds) => seconds === null || seconds === 0),
    ],
    ['failed', 500, {}, 'transient', null],
    ['bad gateway', 502, {}, 'transient', null],
    ['unavailable', 503, {}, 'transient', null],
    ['unavailable for two minutes', 503, { 'retry-after': '120' }, 'throttled', 120],
    ['a gateway is slow', 504, {}, 'transient', null],
    ['unavailable for good', 599, {}, 'transient', null],
  ])('%s (%i)', async (_title, status, headers, kind, seconds) => {
    expect(await failureOf(answer(status, headers))).toMatchObject({ kind, retryAfterSeconds: seconds });
  });

  test.each([204, 206, 400, 405, 409, 418, 422])('%i is unexpected, and may pass', async (status) => {
    expect(await failureOf(answer(status))).toMatchObject({ kind: 'unexpected' });
  });

  test('throttled until a time to come: so many seconds', async () => {
    const { kind, retryAfterSeconds } = await failureOf(answer(429, { 'retry-after': inTwoHours() }));
    expect(kind).toBe('throttled');
    expect(retryAfterSeconds).toBeGreaterThan(7190);
    expect(retryAfterSeconds).toBeLessThanOrEqual(7200);
  });

  test.each<[string, Respond]>([
    ['hangs up', (_request, response) => void response.destroy()],
    ['answers no HTTP', (_request, response) => void response.socket?.end('SSH-2.0-OpenSSH_9\r\n\r\n')],
    [
      'announces a length that is no number',
      (_request, response) => void response.socket?.end('HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\nabc'),
    ],
    [
      'announces two lengths',
      (_request, response) =>
        void response.socket?.end('HTTP/1.1 200 OK\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabc'),
    ],
  ])('a server that %s fails for now', async (_title, behaviour) => {
    expect(await failureOf(behaviour)).toMatchObject({
      kind: 'transient',
      message: 'GET ident.zip: no answer',
    });
  });

  test('a server that never answers fails when our time is up', async () => {
    const { kind } = await failureOf(() => undefined, AbortSignal.timeout(50));
    expect(kind).toBe('transient');
  });

  test('a server that nobody runs fails for now', async () => {
    const call = callProvider('POST login', new URL('http://127.0.0.1:1/'), {
      signal: AbortSignal.timeout(10_000),
    });
    await expect(call).rejects.toMatchObject({ kind: 'transient', message: 'POST login: no answer' });
  });

  test('an error says the route and the status, and nothing of the case or the body', async () => {
    const error = await failureOf(answer(500));
    expect(error.message).toBe('GET ident.zip: answered 500');
  });
});

describe('a call', () => {
  test('does not follow where an answer leads', async () => {
    // Prepare
    requests.length = 0;

    // Act
    await failureOf(answer(301, { location: '/elsewhere' }));

    // Assess
    expect(requests.map((request) => request.url)).toEqual(['/api/v1/c/identifications/secret-txn.zip']);
  });

  test('asks for the bytes as they are, with the headers and the body it was given', async () => {
    // Prepare
    const received = Promise.withResolvers<{ method: string | undefined; headers: object; body: string }>();
    respond = (request, response) => {
      request.setEncoding('utf8').once('data', (body: string) => {
        received.resolve({ method: request.method, headers: request.headers, body });
        response.end('answer');
      });
    };

    // Act
    const response = await callProvider('POST login', url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"apiKey":"k"}',
      signal: AbortSignal.timeout(10_000),
    });

    // Assess
    expect(await response.text()).toBe('answer');
    expect(await received.promise).toMatchObject({
      method: 'POST',
      headers: { 'accept-encoding': 'identity', 'content-type': 'application/json' },
      body: '{"apiKey":"k"}',
    });
  });
});
