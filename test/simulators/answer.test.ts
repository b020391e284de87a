import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { sendAnswer } from '../../local/simulators/answer.ts';
import { startLoopbackServer } from '../../local/simulators/loopback-server.ts';

test('a body that nobody reads is not produced', async () => {
  // Prepare: 640 MB, if anyone wants them.
  let produced = 0;
  function* chunks() {
    for (; produced < 10_000; produced += 1) yield Buffer.alloc(64 * 1024);
  }
  const server = await startLoopbackServer(async (request, response) => {
    if (request.url === '/other') return void response.end();
    await sendAnswer(response, { status: 200, headers: {}, body: Readable.from(chunks()) });
  });

  // Act: other requests, each a turn in which the body could go on.
  const response = await fetch(server.url);
  for (let turn = 0; turn < 100; turn += 1) await (await fetch(`${server.url}/other`)).text();

  // Assert
  expect(response.status).toBe(200);
  expect(produced).toBeLessThan(1000);
  await server.stop();
});

test('a server that stops cuts the connections that it still serves', async () => {
  const server = await startLoopbackServer(async () => {});
  const request = fetch(server.url).catch(() => 'cut');

  await server.stop();

  expect(await request).toBe('cut');
});
