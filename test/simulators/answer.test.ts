import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { sendAnswer } from '../../local/simulators/answer.ts';
import { startLoopbackServer } from '../../local/simulators/loopback-server.ts';

test('sendAnswer does not generate the part of a body that the client does not read', async () => {
  // Prepare: a body of 640 MB.
  let produced = 0;
  function* chunks() {
    for (; produced < 10_000; produced += 1) yield Buffer.alloc(64 * 1024);
  }
  const server = await startLoopbackServer(async (request, response) => {
    if (request.url === '/other') return void response.end();
    await sendAnswer(response, { status: 200, headers: {}, body: Readable.from(chunks()) });
  });

  // Act: the client does not read the body. During 100 other requests, the server has time to generate too much of it.
  const response = await fetch(server.url);
  for (let turn = 0; turn < 100; turn += 1) await (await fetch(`${server.url}/other`)).text();

  // Assess
  expect(response.status).toBe(200);
  expect(produced).toBeLessThan(1000);
  await server.stop();
});

test("stop() of a simulator's HTTP server closes the connections that wait for an answer", async () => {
  const server = await startLoopbackServer(async () => {});
  const request = fetch(server.url).catch(() => 'cut');

  await server.stop();

  expect(await request).toBe('cut');
});
