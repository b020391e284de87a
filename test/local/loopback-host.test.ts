import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { isLoopbackHost } from '../../local/stack/http/loopback-host.ts';
import { apiFixture } from './api-fixture.ts';
import { runFixture } from './run-fixture.ts';
import { sendRequest } from './send-request.ts';

const loopbackHosts = [
  '127.0.0.1',
  '127.0.0.1:8787',
  '127.255.255.254:80',
  'localhost',
  'localhost:8787',
  'LOCALHOST:8787',
  '[::1]',
  '[::1]:8787',
  '[0:0:0:0:0:0:0:1]:1',
];

const foreignHosts = [
  '',
  'evil.example',
  'evil.example:8787',
  'localhost.evil.example',
  'evil-localhost',
  'evil.localhost',
  'localhost.',
  'localhost@evil.example',
  'localhost:8787:8787',
  'localhost:',
  'localhost:http',
  ' localhost',
  '127.0.0.1.evil.example',
  '127.0.0.1.nip.io:8787',
  '126.255.255.255',
  '128.0.0.1',
  '0.0.0.0:8787',
  '10.0.0.1',
  '127.1',
  '0x7f.0.0.1',
  '2130706433',
  '127.0.0.1/',
  '::1',
  '[::1',
  '[::2]',
  '[::]',
  '[127.0.0.1]',
  '[::1%lo]',
  '[::1].evil.example',
];

describe('isLoopbackHost', () => {
  test.each(loopbackHosts)(
    'isLoopbackHost returns true for a Host header that names this machine: %j',
    (host) => {
      expect(isLoopbackHost([host])).toBe(true);
    },
  );

  test.each(foreignHosts)(
    'isLoopbackHost returns false for a Host header that does not name this machine: %j',
    (host) => {
      expect(isLoopbackHost([host])).toBe(false);
    },
  );

  test('isLoopbackHost returns false for a missing or repeated Host header', () => {
    expect([isLoopbackHost(), isLoopbackHost([]), isLoopbackHost(['localhost', 'localhost'])]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('GET /_local', () => {
  const hook = 'exports.handler = async () => ({ statusCode: 200, body: "hook" });';
  const start = () =>
    runFixture(apiFixture([['POST', '/hook']], hook), { localRoute: () => ({ password: 'a secret' }) });

  test('GET /_local refuses a request whose Host header does not name this machine, and explains the refusal', async () => {
    // Prepare
    const { stack } = await start();
    const { port } = new URL(stack.url);
    const local = (host: string) => sendRequest(`${stack.url}/_local`, { headers: { Host: host } });
    // Act
    const own = await Promise.all(['127.0.0.1', `localhost:${port}`, '[::1]'].map(local));
    const foreign = await Promise.all([`evil.example:${port}`, 'localhost.evil.example'].map(local));
    // Assess
    expect(own.map(({ status }) => status)).toEqual([200, 200, 200]);
    for (const { status, headers, body } of foreign) {
      expect([status, headers['content-type']]).toEqual([403, 'application/problem+json']);
      expect(JSON.parse(body.toString())).toMatchObject({
        title: 'Forbidden',
        status: 403,
        detail: expect.stringContaining('http://127.0.0.1'),
      });
      expect(body.toString()).not.toContain('a secret');
    }
  });

  test('GET /_local refuses a request without a Host header', async () => {
    // Prepare
    const { stack } = await start();
    const socket = connect(Number(new URL(stack.url).port), '127.0.0.1');
    await once(socket, 'connect');
    // Act
    socket.end('GET /_local HTTP/1.0\r\n\r\n');
    // Assess
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 403 /);
  });

  test('the webhook routes of the local stack accept any Host header', async () => {
    // Prepare
    const { stack } = await start();
    // Act
    const answer = await sendRequest(`${stack.url}/hook`, {
      method: 'POST',
      headers: { Host: 'webhooks.example.com' },
    });
    // Assess
    expect([answer.status, answer.body.toString()]).toEqual([200, 'hook']);
  });
});
