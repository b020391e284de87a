import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { eventually } from '../../support/eventually.ts';
import { runSimulate, SECRET, startFakeStack } from '../support/command.ts';
import { datakeenForTest, getSession, loginToDatakeen } from '../support/datakeen.ts';
import { bodiesOf, type Receiver, startReceiver } from '../support/receiver.ts';

const bodySchema = z.object({ sessionId: z.string() });

function sessionIdsOf(receiver: Receiver): string[] {
  return bodiesOf(receiver).map((body) => bodySchema.parse(body).sessionId);
}

test('npm run simulate sends Datakeen webhooks to the signed URL, and the API then returns the session', async () => {
  await using receiver = await startReceiver();
  await using datakeen = await datakeenForTest({ notReady: 0 });
  await using stack = await startFakeStack({
    webhook: `${receiver.origin}/webhooks/datakeen`,
    simulator: datakeen.url,
  });

  const playing = runSimulate('datakeen', 'revised_final', '--port', stack.port, '--transaction', 'order-1');
  await eventually(() => expect(receiver.received).toHaveLength(1));
  const [sessionId = ''] = sessionIdsOf(receiver);
  const session = await getSession(datakeen.url, `Basic ${await loginToDatakeen(datakeen.url)}`, sessionId);
  const { code, out } = await playing;

  expect(code).toBe(0);
  const signature = createHmac('sha256', SECRET).update('datakeen/order-1').digest('base64url');
  expect(receiver.received.map(({ path }) => path)).toEqual(
    Array.from({ length: 2 }, () => `/webhooks/datakeen/order-1/${signature}`),
  );
  expect(receiver.received[0]?.headers.authorization).toBeUndefined();
  expect(bodiesOf(receiver)).toMatchObject([{ newStatus: 'ai_approved' }, { newStatus: 'user_rejected' }]);
  expect(out).toContain(
    `Plays datakeen REVISED_FINAL for user/order-1 (datakeen:${sessionId}) against http://127.0.0.1:`,
  );
  expect(out).not.toContain(SECRET);
  expect(out).not.toContain(signature);
  expect(await session.json()).toMatchObject({ status: 200, data: { analysid_id: expect.any(String) } });
});

test('npm run simulate stores no session in the Datakeen simulator for the scenario FORGED', async () => {
  await using receiver = await startReceiver();
  await using datakeen = await datakeenForTest();
  await using stack = await startFakeStack({
    webhook: `${receiver.origin}/webhooks/datakeen`,
    simulator: datakeen.url,
  });

  const { code } = await runSimulate('datakeen', 'FORGED', '--port', stack.port);

  expect(code).toBe(0);
  expect(datakeen.requests.control).toBe(0);
  const [sessionId = ''] = sessionIdsOf(receiver);
  const session = await getSession(datakeen.url, `Basic ${await loginToDatakeen(datakeen.url)}`, sessionId);
  expect(session.status).toBe(404);
});

test('npm run simulate warns if the local stack does not use the built-in simulator', async () => {
  await using receiver = await startReceiver();
  await using stack = await startFakeStack({ webhook: `${receiver.origin}/webhooks/datakeen` });

  const { code, out } = await runSimulate('datakeen', 'APPROVED', '--port', stack.port);

  expect(code).toBe(0);
  expect(out).toContain('The stack fetches from an API that is not the built-in simulator');
});

test('two runs of npm run simulate create two Datakeen sessions', async () => {
  await using receiver = await startReceiver();
  const url = `${receiver.origin}/webhooks/datakeen/order-1/${SECRET}`;

  await runSimulate('datakeen', 'APPROVED', '--url', url, '--transaction', 'order-1');
  const { out } = await runSimulate('datakeen', 'APPROVED', '--url', url, '--transaction', 'order-2');

  expect(new Set(sessionIdsOf(receiver)).size).toBe(2);
  expect(out).toContain('Plays datakeen APPROVED for demo-user/order-2');
  expect(out).not.toContain(SECRET);
});

test('npm run simulate reports a Datakeen reference that a signed URL cannot contain', async () => {
  await using receiver = await startReceiver();
  await using stack = await startFakeStack({ webhook: `${receiver.origin}/webhooks/datakeen` });

  const { code, err } = await runSimulate('datakeen', 'DEMO', '--port', stack.port, '--transaction', 'a/b');

  expect([code, err]).toEqual([1, expect.stringContaining('a reference has 1 to 128')]);
  expect(receiver.received).toEqual([]);
});

test('npm run simulate for Datakeen reports a local stack without a URL secret', async () => {
  await using stack = await startFakeStack({
    webhook: '',
    answer: {
      webhooks: { datakeen: 'http://127.0.0.1/webhooks/datakeen' },
      config: { datakeen: { username: 'user', urlSecrets: [] } },
    },
  });

  const { code, err } = await runSimulate('datakeen', 'DEMO', '--port', stack.port);

  expect([code, err]).toEqual([1, expect.stringContaining('no account or no credential')]);
});
