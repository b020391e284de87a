import { expect, test } from 'vitest';
import { runCallbackUrlCommand } from '../../../local/callback-url/command.ts';
import { startLoopbackServer } from '../../../local/simulators/loopback-server.ts';
import { runSimulate, startFakeStack } from '../support/command.ts';
import { startReceiver } from '../support/receiver.ts';

/** Starts a server like a starting local stack: it answers 503 `times` times, and then like the stack on `port`. */
async function startingStack({ times, port }: { times: number; port?: string }) {
  let asked = 0;
  const server = await startLoopbackServer(async (_request, response) => {
    asked += 1;
    if (asked <= times || port === undefined) {
      response.writeHead(503, { 'content-type': 'application/json' }).end('{"ready":false}');
      return;
    }
    response.end(await (await fetch(`http://127.0.0.1:${port}/_local`)).text());
  });
  return { port: new URL(server.url).port, url: server.url, [Symbol.asyncDispose]: server.stop };
}

test('npm run simulate waits for a local stack that is still starting, and then plays the scenario', async () => {
  await using receiver = await startReceiver();
  await using ready = await startFakeStack({ webhook: receiver.url });
  await using starting = await startingStack({ times: 3, port: ready.port });

  const { code, out } = await runSimulate('idnow', 'CANCELED', '--port', starting.port);

  expect(code).toBe(0);
  expect(out.match(/still starting/g)).toHaveLength(1);
  expect(out).toContain(`The local stack on port ${starting.port} is still starting. Waiting …`);
  expect(receiver.received).not.toEqual([]);
});

test('npm run simulate gives up if the local stack is never ready', async () => {
  await using starting = await startingStack({ times: Number.POSITIVE_INFINITY });

  const { code, err } = await runSimulate('idnow', 'CANCELED', '--port', starting.port);

  expect(code).toBe(1);
  expect(err).toBe(
    `The local stack on port ${starting.port} is still starting after 120 seconds. Check the output of "npm start".`,
  );
});

test('npm run callback-url reports a local stack that is still starting', async () => {
  await using starting = await startingStack({ times: Number.POSITIVE_INFINITY });
  const complaints: string[] = [];

  const code = await runCallbackUrlCommand(['id360', 'case-1', '--base', starting.url], {
    print: () => undefined,
    complain: (line) => complaints.push(line),
  });

  expect(code).toBe(2);
  expect(complaints).toEqual(['the local stack at --base is still starting: try again in a few seconds']);
});
