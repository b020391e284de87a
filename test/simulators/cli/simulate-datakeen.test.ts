import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { eventually } from '../../support/eventually.ts';
import { run, SECRET, startFakeStack } from '../support/command.ts';
import { datakeenForTest, getSession, loginTo } from '../support/datakeen.ts';
import { bodiesOf, type Receiver, startReceiver } from '../support/receiver.ts';

const bodySchema = z.object({ sessionId: z.string() });

function sessionIdsOf(receiver: Receiver): string[] {
  return bodiesOf(receiver).map((body) => bodySchema.parse(body).sessionId);
}

test('sends to the signed address of the reference, and the session can then be fetched', async () => {
  await using receiver = await startReceiver();
  await using datakeen = await datakeenForTest({ notReady: 0 });
  await using stack = await startFakeStack({
    webhook: `${receiver.origin}/webhooks/datakeen`,
    simulator: datakeen.url,
  });

  const playing = run('datakeen', 'reversed', '--port', stack.port, '--transaction', 'order-1');
  await eventually(() => expect(receiver.received).toHaveLength(1));
  const [sessionId = ''] = sessionIdsOf(receiver);
  const session = await getSession(datakeen.url, `Basic ${await loginTo(datakeen.url)}`, sessionId);
  const { code, out } = await playing;

  expect(code).toBe(0);
  const signature = createHmac('sha256', SECRET).update('datakeen/order-1').digest('base64url');
  expect(receiver.received.map(({ path }) => path)).toEqual(
    Array.from({ length: 2 }, () => `/webhooks/datakeen/order-1/${signature}`),
  );
  expect(receiver.received[0]?.headers.authorization).toBeUndefined();
  expect(bodiesOf(receiver)).toMatchObject([{ newStatus: 'ai_approved' }, { newStatus: 'user_rejected' }]);
  expect(out).toContain(`REVERSED of datakeen user/order-1 (datakeen:${sessionId}) to http://127.0.0.1:`);
  expect(out).not.toContain(SECRET);
  expect(out).not.toContain(signature);
  expect(await session.json()).toMatchObject({ status: 200, data: { analysid_id: expect.any(String) } });
});

test('puts nothing into the simulator for a forged session', async () => {
  await using receiver = await startReceiver();
  await using datakeen = await datakeenForTest();
  await using stack = await startFakeStack({
    webhook: `${receiver.origin}/webhooks/datakeen`,
    simulator: datakeen.url,
  });

  const { code } = await run('datakeen', 'FORGED', '--port', stack.port);

  expect(code).toBe(0);
  expect(datakeen.requests.control).toBe(0);
  const [sessionId = ''] = sessionIdsOf(receiver);
  const session = await getSession(datakeen.url, `Basic ${await loginTo(datakeen.url)}`, sessionId);
  expect(session.status).toBe(404);
});

test('says so where the stack fetches from an API that nothing simulates', async () => {
  await using receiver = await startReceiver();
  await using stack = await startFakeStack({ webhook: `${receiver.origin}/webhooks/datakeen` });

  const { code, out } = await run('datakeen', 'APPROVED', '--port', stack.port);

  expect(code).toBe(0);
  expect(out).toContain('Nothing simulates the API that the stack fetches from');
});

test('two runs are two sessions', async () => {
  await using receiver = await startReceiver();
  const url = `${receiver.origin}/webhooks/datakeen/order-1/${SECRET}`;

  await run('datakeen', 'APPROVED', '--url', url, '--transaction', 'order-1');
  const { out } = await run('datakeen', 'APPROVED', '--url', url, '--transaction', 'order-2');

  expect(new Set(sessionIdsOf(receiver)).size).toBe(2);
  expect(out).toContain('APPROVED of datakeen demo-user/order-2');
  expect(out).not.toContain(SECRET);
});

test('says so when a reference cannot be signed', async () => {
  await using receiver = await startReceiver();
  await using stack = await startFakeStack({ webhook: `${receiver.origin}/webhooks/datakeen` });

  const { code, err } = await run('datakeen', 'DEMO', '--port', stack.port, '--transaction', 'a/b');

  expect([code, err]).toEqual([1, expect.stringContaining('a reference has 1 to 128')]);
  expect(receiver.received).toEqual([]);
});

test('says so when the stack has no secret to sign with', async () => {
  await using stack = await startFakeStack({
    webhook: '',
    answer: {
      webhooks: { datakeen: 'http://127.0.0.1/webhooks/datakeen' },
      config: { datakeen: { username: 'user', urlSecrets: [] } },
    },
  });

  const { code, err } = await run('datakeen', 'DEMO', '--port', stack.port);

  expect([code, err]).toEqual([1, expect.stringContaining('no account or no credential')]);
});
