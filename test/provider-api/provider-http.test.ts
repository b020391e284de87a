import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getListeningPort } from '../../local/stack/http/free-port.ts';
import { EvidenceError } from '../../shared/provider-api/evidence-error.ts';
import { callProvider, convertToDownload } from '../../shared/provider-api/provider-http.ts';
import { readAnswerIntoMemory } from '../../shared/provider-api/read-bounded.ts';

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
    `http://127.0.0.1:${getListeningPort(server.address())}/api/v1/c/identifications/secret-txn.zip`,
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

describe('downloadOf', () => {
  test.each<[what: string, headers: Record<string, string>, sent: Buffer, length: number | null]>([
    ['has the length of an uncompressed answer', {}, Buffer.from('abc'), 3],
    ['has no length if the answer names none', { 'transfer-encoding': 'chunked' }, Buffer.from('abc'), null],
    // Some proxies compress every answer. Then Content-Length is the compressed length, so the download has no length.
    ['has no length if the answer is compressed', { 'content-encoding': 'gzip' }, gzipSync('abc'), null],
  ])('convertToDownload returns a download that %s', async (_what, headers, sent, length) => {
    respond = (_request, response) => {
      const told = 'transfer-encoding' in headers ? {} : { 'content-length': sent.byteLength };
      response.writeHead(200, { ...told, ...headers }).end(sent);
    };
    const response = await callProvider('GET ident.zip', url, { signal: AbortSignal.timeout(10_000) });
    const download = convertToDownload('GET ident.zip', response);
    expect([download.length, await text(download.body)]).toEqual([length, 'abc']);
  });
});

describe('callProvider', () => {
  test.each<
    [title: string, status: number, headers: Record<string, string>, kind: string, seconds: number | null]
  >([
    ['accepted, not ready', 202, {}, 'not_ready', null],
    ['no content', 204, {}, 'unexpected', null],
    ['partial content', 206, {}, 'unexpected', null],
    ['moved', 301, { location: '/elsewhere' }, 'transient', null],
    ['found elsewhere', 302, { location: 'http://169.254.169.254/' }, 'transient', null],
    ['a web page', 200, { 'content-type': 'text/html; charset=utf-8' }, 'transient', null],
    ['bad request', 400, {}, 'unexpected', null],
    ['unauthorized', 401, {}, 'unauthorized', null],
    ['forbidden', 403, {}, 'forbidden', null],
    ['not found', 404, {}, 'not_found', null],
    ['a web page that says not found', 404, { 'content-type': 'text/html' }, 'unexpected', null],
    ['a web page that says gone', 410, { 'content-type': 'text/html' }, 'unexpected', null],
    ['request time-out', 408, {}, 'transient', null],
    ['gone', 410, {}, 'gone', null],
    ['throttled', 429, {}, 'throttled', null],
    ['throttled for a minute', 429, { 'retry-after': '60' }, 'throttled', 60],
    ['throttled for 0 seconds', 429, { 'retry-after': '0' }, 'throttled', 0],
    ['throttled for a week', 429, { 'retry-after': '604800' }, 'throttled', 39_600],
    [
      'throttled until a time that has passed',
      429,
      { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' },
      'throttled',
      0,
    ],
    ['throttled with an unreadable Retry-After', 429, { 'retry-after': 'soon' }, 'throttled', null],
    [
      'throttled for less than nothing',
      429,
      { 'retry-after': '-5' },
      'throttled',
      expect.toSatisfy((seconds) => seconds === null || seconds === 0),
    ],
    ['server error', 500, {}, 'transient', null],
    ['bad gateway', 502, {}, 'transient', null],
    ['unavailable', 503, {}, 'transient', null],
    ['unavailable for two minutes', 503, { 'retry-after': '120' }, 'throttled', 120],
    ['gateway time-out', 504, {}, 'transient', null],
    ['an unknown 5xx', 599, {}, 'transient', null],
  ])(
    'callProvider throws the matching EvidenceError if the answer is: %s (HTTP status %i)',
    async (_title, status, headers, kind, seconds) => {
      expect(await failureOf(answer(status, headers))).toMatchObject({ kind, retryAfterSeconds: seconds });
    },
  );

  test.each([204, 206, 400, 405, 409, 418, 422])(
    'callProvider throws an EvidenceError of the kind "unexpected" for the HTTP status %i',
    async (status) => {
      expect(await failureOf(answer(status))).toMatchObject({ kind: 'unexpected' });
    },
  );

  test('callProvider converts a date in the header Retry-After to seconds', async () => {
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
  ])('callProvider fails as transient if the server %s', async (_title, behaviour) => {
    expect(await failureOf(behaviour)).toMatchObject({
      kind: 'transient',
      message: 'GET ident.zip: no answer',
    });
  });

  test('callProvider fails as transient if its signal is aborted before the server answers', async () => {
    const { kind } = await failureOf(() => undefined, AbortSignal.timeout(50));
    expect(kind).toBe('transient');
  });

  test('callProvider fails as transient if no server listens at the port', async () => {
    const call = callProvider('POST login', new URL('http://127.0.0.1:1/'), {
      signal: AbortSignal.timeout(10_000),
    });
    await expect(call).rejects.toMatchObject({ kind: 'transient', message: 'POST login: no answer' });
  });

  test('the error of a failed call names the route and the HTTP status, and neither the case nor the body', async () => {
    const error = await failureOf(answer(500));
    expect(error.message).toBe('GET ident.zip: answered 500');
  });
});

describe('the end of an answer', () => {
  const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/zip\r\n';

  test.each<[ending: string, raw: string]>([
    ['length', `${head}content-length: 3\r\n\r\nabc`],
    ['last-chunk', `${head}transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`],
    ['close', `${head}connection: close\r\n\r\nabc`],
    ['close', 'HTTP/1.0 200 OK\r\n\r\nabc'],
  ])('convertToDownload reports how an HTTP answer marks its end: by %s', async (ending, raw) => {
    respond = (_request, response) => void response.socket?.end(raw);

    const response = await callProvider('GET ident.zip', url, { signal: AbortSignal.timeout(10_000) });
    const download = convertToDownload('GET ident.zip', response);

    expect([download.ending, await text(download.body)]).toEqual([ending, 'abc']);
  });
});

describe('a provider that stays silent', () => {
  /** Calls the server with short timeouts. The signal, which limits the whole job, is aborted much later. */
  const call = ({ headersMs = 20_000, idleMs = 100 } = {}) =>
    callProvider('GET ident.zip', url, {
      signal: AbortSignal.timeout(30_000),
      timeouts: { headersMs, idleMs },
    });

  test('if the provider sends no headers in time, the call fails and its connection is closed', async () => {
    // Prepare
    const closed = Promise.withResolvers<void>();
    respond = (_request, response) => void response.on('close', () => closed.resolve());

    // Act
    const failure = await call({ headersMs: 100 }).catch((error: unknown) => error);

    // Assess
    expect(failure).toMatchObject({ kind: 'transient', message: 'GET ident.zip: no answer' });
    await closed.promise;
  });

  test.each([
    ['with a length', { 'content-length': '10' }],
    ['in chunks', {}],
  ])(
    'if the provider stops in the middle of a body %s, the download fails and its connection is closed',
    async (_how, headers) => {
      // Prepare
      const closed = Promise.withResolvers<void>();
      respond = (_request, response) => {
        response.on('close', () => closed.resolve());
        response.writeHead(200, headers).write('abc');
      };
      const { body } = convertToDownload('GET ident.zip', await call());

      // Act
      const received: string[] = [];
      const transfer = (async () => {
        for await (const chunk of body) received.push(Buffer.from(chunk).toString());
      })();

      // Assess
      await expect(transfer).rejects.toThrow('no byte for 100 ms');
      expect(received).toEqual(['abc']);
      await closed.promise;
    },
  );

  test('readAnswerIntoMemory fails as transient if the provider stops in the middle of a body', async () => {
    respond = (_request, response) => void response.writeHead(200).write('{"a"');

    const reading = readAnswerIntoMemory('GET report', await call(), 1);

    await expect(reading).rejects.toMatchObject({ kind: 'transient', message: 'GET report: broke off' });
  });

  test('a download with a slow reader does not fail, because the time limit applies only to the provider', async () => {
    // Prepare: the answer is larger than the buffers of the sockets, so the provider must wait for the slow reader.
    const bytes = 32 * 1024 * 1024;
    respond = (_request, response) => void response.writeHead(200).end(Buffer.alloc(bytes));
    const idleMs = 300;
    const { body } = convertToDownload('GET ident.zip', await call({ idleMs }));

    // Act
    let received = 0;
    for await (const chunk of body) {
      if (received === 0) await setTimeout(3 * idleMs);
      received += chunk.byteLength;
    }

    // Assess
    expect(received).toBe(bytes);
  });

  test('a download closes its connection if the reader stops early', async () => {
    // Prepare
    const closed = Promise.withResolvers<void>();
    respond = (_request, response) => {
      response.on('close', () => closed.resolve());
      response.writeHead(200).write('abc');
    };
    const { body } = convertToDownload('GET ident.zip', await call());

    // Act
    for await (const _chunk of body) break;

    // Assess
    await closed.promise;
  });
});

describe('a request', () => {
  test('callProvider does not follow redirects', async () => {
    // Prepare
    requests.length = 0;

    // Act
    await failureOf(answer(301, { location: '/elsewhere' }));

    // Assess
    expect(requests.map((request) => request.url)).toEqual(['/api/v1/c/identifications/secret-txn.zip']);
  });

  test('callProvider requests uncompressed bytes, and sends the given headers and body', async () => {
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
