import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';
import { idv } from './idv-under-test.ts';

let sut: SystemUnderTest;
beforeAll(async () => {
  sut = await startSystemUnderTest();
  await refuseSome();
});
afterAll(() => sut?.stop());

const signature = 'Zm9yZ2VkLXNpZ25hdHVyZS1vZi1hLXNpZ25lZC11cmw';

/** Sends one request with each fault, and one more with a wrong password. */
async function refuseSome(): Promise<void> {
  const wrongPassword = { authorization: `Basic ${Buffer.from('idnow:guessed').toString('base64')}` };
  expect((await sut.post({}, { headers: wrongPassword })).status).toBe(401);
  expect((await sut.post({}, { headers: wrongPassword })).status).toBe(401);
  expect((await sut.post({}, { path: '/wp-login.php' })).status).toBe(404);
  expect((await sut.post({}, { path: `/webhooks/datakeen/order-4711/${signature}` })).status).toBe(401);
  expect((await sut.post({}, { method: 'GET' })).status).toBe(405);
  expect((await sut.post('not JSON')).status).toBe(400);
  expect((await sut.post({ unknown: 'shape' })).status, 'quarantined, not refused').toBe(202);
  const fromElsewhere = request(`${sut.system.stack.url}/webhooks/idnow`, {
    method: 'POST',
    localAddress: '127.0.0.2',
  });
  fromElsewhere.end('{}');
  const [answer] = await once(fromElsewhere, 'response');
  answer.resume();
  expect(answer.statusCode).toBe(403);
}

const groupsBy = async (by: string) =>
  JSON.parse((await idv(sut, 'refused', '--by', by, '--json')).out).groups.map(
    ({ group, count, statuses, providers }: Record<string, unknown>) => [group, count, statuses, providers],
  );

test('refused requests are grouped by reason, which only the receiver knows for some of them', async () => {
  await eventually(async () =>
    expect((await groupsBy('reason')).toSorted()).toEqual(
      [
        ['credential', 3, [401], ['datakeen', 'idnow']],
        ['no such path', 1, [404], []],
        ['method is not POST', 1, [405], ['idnow']],
        ['not-json', 1, [400], ['idnow']],
        ['ACCESS_DENIED', 1, [403], ['idnow']],
      ].toSorted(),
    ),
  );
});

test('refused requests are grouped by address', async () => {
  expect(await groupsBy('address')).toEqual([
    ['127.0.0.1', 6, [400, 401, 404, 405], ['datakeen', 'idnow']],
    ['127.0.0.2', 1, [403], ['idnow']],
  ]);
});

test('refused requests are grouped by the path of the route, and no signed URL appears anywhere', async () => {
  expect((await groupsBy('path')).toSorted()).toEqual([
    ['GET /webhooks/idnow', 1, [405], ['idnow']],
    ['POST (no such path)', 1, [404], []],
    ['POST /webhooks/datakeen/{reference}/{signature}', 1, [401], ['datakeen']],
    ['POST /webhooks/idnow', 4, [400, 401, 403], ['idnow']],
  ]);
  const records = await (await fetch(`${sut.system.stack.url}/_local/requests`)).text();
  const printed = await idv(sut, 'refused', '--by', 'path');
  for (const text of [records, printed.out]) {
    expect(text).toContain('/webhooks/datakeen/{reference}/{signature}');
    expect(text).not.toContain(signature);
    expect(text).not.toContain('order-4711');
    expect(text).not.toContain('wp-login');
  }
});

test('the table has counts, statuses, and the first and last time', async () => {
  const { code, out } = await idv(sut, 'refused', '--since', '90m');

  expect(code).toBe(0);
  const [heading, first] = out.split('\n');
  expect(heading?.split(/ {2,}/)).toEqual(['reason', 'requests', 'status', 'provider', 'first', 'last']);
  const time = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ`;
  expect(first).toMatch(new RegExp(`^credential +3 +401 +datakeen, idnow +${time} +${time}$`));
});

test('a time that is none, and a grouping that is none, end with exit code 2', async () => {
  expect(await idv(sut, 'refused', '--since', 'yesterday')).toMatchObject({ code: 2, out: '' });
  expect((await idv(sut, 'refused', '--by', 'country')).err).toContain('reason, address, path');
});

test('/_local/requests and /_local/metrics answer only where the Host header names this machine', async () => {
  const { port } = new URL(sut.system.stack.url);
  for (const path of ['/_local/requests', '/_local/metrics']) {
    const asked = request({ port, path, headers: { host: 'rebound.example' } }).end();
    const [answer] = await once(asked, 'response');
    answer.resume();
    expect(answer.statusCode).toBe(403);
  }
});
