import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { startIdnowSimulator } from '../../../local/simulators/idnow/start-idnow-simulator.ts';
import { checkSystem } from '../../../shared/providers/idnow/check-system.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** Starts an API that gives one answer to all requests. @returns its URL */
async function startApi(status: number, body: string): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

/** Runs one system check. @returns the count of the failed checks, and the log lines */
async function check(apiUrl: string) {
  const telemetry = recordedTelemetry();
  await checkSystem({ apiUrl, telemetry })();
  expect(telemetry.flushes).toBe(1);
  return { failed: telemetry.counts.SystemChecksFailed, lines: telemetry.lines };
}

test("the system check is good if IDnow's simulator answers, and asks it once", async () => {
  const simulator = await startIdnowSimulator({ accounts: [] });
  stops.push(() => simulator.stop());

  expect(await check(simulator.url)).toEqual({ failed: 0, lines: [] });
  expect(simulator.requests.systemCheck).toBe(1);
});

test.each([
  ['an error', 503, 'SYSTEM_CHECK_OK'],
  ['another text', 200, 'MAINTENANCE'],
])('the system check fails if IDnow answers with %s, and does not throw', async (_title, status, body) => {
  const { failed, lines } = await check(await startApi(status, body));

  expect(failed).toBe(1);
  expect(lines).toEqual([['warn', "IDnow's system check failed", { status }]]);
});

test('the system check fails if IDnow cannot be reached, and does not throw, because Lambda would repeat the call', async () => {
  const { failed, lines } = await check('http://127.0.0.1:9');

  expect(failed).toBe(1);
  expect(lines).toEqual([['warn', "IDnow's system check got no answer", {}]]);
});
