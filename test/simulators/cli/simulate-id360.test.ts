import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { runSimulate, SECRET, startFakeStack } from '../support/command.ts';
import { getFromId360, id360ForTest, loginToId360 } from '../support/id360.ts';
import { bodiesOf, startReceiver } from '../support/receiver.ts';

test('npm run simulate sends ID360 callbacks to the signed URL of the reference, with the secret header', async () => {
  await using receiver = await startReceiver();
  await using id360 = await id360ForTest({ notReady: 0 });
  await using stack = await startFakeStack({
    webhook: `${receiver.origin}/webhooks/id360`,
    simulator: id360.url,
  });

  const { code, out } = await runSimulate('id360', 'KO', '--port', stack.port, '--transaction', 'order-1');

  expect(code).toBe(0);
  const signature = createHmac('sha256', SECRET).update('id360/order-1').digest('base64url');
  expect(receiver.received).toMatchObject(
    Array.from({ length: 2 }, () => ({
      path: `/webhooks/id360/order-1/${signature}`,
      headers: { 'x-callback-token': SECRET },
    })),
  );
  expect(out).toMatch(/^Plays id360 KO for app\/order-1 \(id360:\d{10}\) against http:\/\/127\.0\.0\.1:/m);
  expect(out).not.toContain(SECRET);
  expect(out).not.toContain(signature);
  const [, body] = bodiesOf(receiver);
  const id = z.object({ id: z.int() }).parse(body).id;
  const report = await getFromId360(id360.url, await loginToId360(id360.url), `enrollment/${id}/report`);
  expect(await report.json()).toMatchObject({ id, status: 'KO', client_reference: 'order-1' });
});

test('npm run simulate reports an ID360 reference that a signed URL cannot contain', async () => {
  await using receiver = await startReceiver();
  await using stack = await startFakeStack({ webhook: `${receiver.origin}/webhooks/id360` });

  const { code, err } = await runSimulate('id360', 'OK', '--port', stack.port, '--transaction', 'a/b');

  expect([code, err]).toEqual([1, expect.stringContaining('a reference has 1 to 128')]);
  expect(receiver.received).toEqual([]);
});

test('the option --header of npm run simulate replaces the secret header of the local stack', async () => {
  await using receiver = await startReceiver();
  await using stack = await startFakeStack({ webhook: `${receiver.origin}/webhooks/id360` });

  await runSimulate(
    'id360',
    'KO',
    '--port',
    stack.port,
    '--header',
    'x-callback-TOKEN=a=b',
    '--header',
    'X-More=1',
  );

  expect(receiver.received[0]?.headers).toMatchObject({ 'x-callback-token': 'a=b', 'x-more': '1' });
});

test('npm run simulate with --url sends the header from the option --header', async () => {
  await using receiver = await startReceiver();

  const { code, out } = await runSimulate(
    'id360',
    'FAILED',
    '--url',
    `${receiver.origin}/webhooks/id360`,
    '--header',
    `X-Callback-Token=${SECRET}`,
  );

  expect(code).toBe(0);
  expect(receiver.received.map(({ path }) => path)).toEqual(['/webhooks/id360', '/webhooks/id360']);
  expect(receiver.received[1]?.headers['x-callback-token']).toBe(SECRET);
  expect(out).not.toContain(SECRET);
});
