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

/** Runs one system check of these gateways. @returns the count of the failed checks, and the log lines */
async function check(apiUrl: string, ...others: string[]) {
  const telemetry = recordedTelemetry();
  const gateways = others.map((each) => ({ apiUrl: each, companyIds: ['bank-ch'] }));
  await checkSystem({ api: { apiUrl, gateways }, telemetry })();
  expect(telemetry.flushes).toBe(1);
  return { failed: telemetry.counts.SystemChecksFailed, lines: telemetry.lines };
}

const hostOf = (url: string) => new URL(url).host;

test("the system check is good if IDnow's simulator answers, and asks it once", async () => {
  const simulator = await startIdnowSimulator({ accounts: [] });
  stops.push(() => simulator.stop());

  expect(await check(simulator.url, simulator.url)).toEqual({ failed: 0, lines: [] });
  expect(simulator.requests.systemCheck).toBe(1);
});

test('the system check asks each gateway of the stage, and names those that fail', async () => {
  // Prepare
  const german = await startIdnowSimulator({ accounts: [] });
  const swiss = await startIdnowSimulator({ accounts: [] });
  stops.push(
    () => german.stop(),
    () => swiss.stop(),
  );
  const broken = await startApi(500, '');

  // Act
  const good = await check(german.url, swiss.url);
  const bad = await check(german.url, broken, 'http://127.0.0.1:9');

  // Assess
  expect(good.failed).toBe(0);
  expect([german.requests.systemCheck, swiss.requests.systemCheck]).toEqual([2, 1]);
  expect(bad.failed).toBe(2);
  expect(bad.lines).toHaveLength(2);
  expect(bad.lines).toEqual(
    expect.arrayContaining([
      ['warn', "IDnow's system check failed", { gateway: hostOf(broken), status: 500 }],
      ['warn', "IDnow's system check got no answer", { gateway: '127.0.0.1:9' }],
    ]),
  );
});

test.each([
  ['an error', 503, 'SYSTEM_CHECK_OK'],
  ['another text', 200, 'MAINTENANCE'],
])('the system check fails if IDnow answers with %s, and does not throw', async (_title, status, body) => {
  const url = await startApi(status, body);
  const { failed, lines } = await check(url);

  expect(failed).toBe(1);
  expect(lines).toEqual([['warn', "IDnow's system check failed", { gateway: hostOf(url), status }]]);
});

test('the system check fails if IDnow cannot be reached, and does not throw, because Lambda would repeat the call', async () => {
  const { failed, lines } = await check('http://127.0.0.1:9');

  expect(failed).toBe(1);
  expect(lines).toEqual([['warn', "IDnow's system check got no answer", { gateway: '127.0.0.1:9' }]]);
});
