import { describe, expect, test } from 'vitest';
import { createDoublingRetrySchedule } from '../../local/simulators/retry-schedule.ts';
import { type SendWebhookOptions, sendWebhook } from '../../local/simulators/send-webhook.ts';
import { type Reply, startReceiver } from './support/receiver.ts';

const schedule = createDoublingRetrySchedule({ first: 1, giveUpAfter: 15 });

/** Sends a webhook without real pauses. Returns its delivery, and the pauses that `sendWebhook` wants to make. */
async function send(url: string, options: Partial<SendWebhookOptions> = {}) {
  const pauses: number[] = [];
  const delivery = await sendWebhook({
    target: { url },
    body: { hello: 'wörld' },
    schedule,
    wait: async (seconds) => void pauses.push(seconds),
    ...options,
  });
  return { ...delivery, pauses };
}

describe('sendWebhook request', () => {
  test('sendWebhook sends a POST with JSON in UTF-8 and basic authentication', async () => {
    await using receiver = await startReceiver();

    await send(receiver.url, { target: { url: receiver.url, username: 'ü', password: 'p:w' } });

    const [request] = receiver.received;
    expect(request?.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(request?.headers.authorization).toBe(`Basic ${Buffer.from('ü:p:w').toString('base64')}`);
    expect(request?.body).toBe('{"hello":"wörld"}');
  });

  test('sendWebhook sends an extra header, and no basic authentication without a user name', async () => {
    await using receiver = await startReceiver();

    await send(receiver.url, { target: { url: receiver.url, headers: { 'x-callback-token': 's1' } } });

    const [request] = receiver.received;
    expect(request?.headers['x-callback-token']).toBe('s1');
    expect(request?.headers.authorization).toBeUndefined();
  });
});

describe('sendWebhook retries', () => {
  test.each([200, 201, 202, 204])('sendWebhook treats the status %i as a success', async (status) => {
    await using receiver = await startReceiver([status]);

    const delivery = await send(receiver.url);

    expect(delivery).toMatchObject({ outcome: 'accepted', tries: [{ status }], pauses: [] });
  });

  test.each<Reply>([{ status: 302, headers: { location: '/elsewhere' } }, 400, 401, 404, 410, 429, 500, 503])(
    'sendWebhook tries again after an answer that is not a success: %j',
    async (reply) => {
      await using receiver = await startReceiver([reply]);

      const delivery = await send(receiver.url);

      const status = typeof reply === 'number' ? reply : reply.status;
      expect(delivery).toMatchObject({
        outcome: 'accepted',
        tries: [{ status }, { status: 200 }],
        pauses: [1],
      });
      expect(receiver.received.map(({ path }) => path)).toEqual(['/webhooks/idnow', '/webhooks/idnow']);
    },
  );

  test('sendWebhook retries with the same bytes until the schedule ends', async () => {
    await using receiver = await startReceiver([500, 500, 500, 500, 500, 500]);

    const delivery = await send(receiver.url);

    expect(delivery.outcome).toBe('given-up');
    expect(delivery.pauses).toEqual([1, 2, 4, 8]);
    expect(receiver.received).toHaveLength(5);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
  });

  test('sendWebhook tries again if the endpoint is unreachable', async () => {
    const receiver = await startReceiver();
    await receiver[Symbol.asyncDispose]();

    const delivery = await send(receiver.url, {
      schedule: createDoublingRetrySchedule({ first: 1, giveUpAfter: 1 }),
    });

    expect(delivery.outcome).toBe('given-up');
    expect(delivery.tries).toEqual([
      { kind: 'failed', error: 'ECONNREFUSED', accepted: false },
      { kind: 'failed', error: 'ECONNREFUSED', accepted: false },
    ]);
  });

  test('sendWebhook stops its retries when isOutdated says that the webhook is outdated', async () => {
    await using receiver = await startReceiver([500, 500, 500]);
    let asked = 0;

    const delivery = await send(receiver.url, { isOutdated: () => ++asked === 2 });

    expect(delivery).toMatchObject({ outcome: 'outdated', pauses: [1, 2] });
    expect(receiver.received).toHaveLength(2);
  });
});

test('sendWebhook reports each try with its status, its answer and the following pause', async () => {
  await using receiver = await startReceiver([503]);
  const reported: unknown[] = [];

  await send(receiver.url, { onTry: (attempt, pause) => reported.push({ attempt, pause }) });

  expect(reported).toEqual([
    { attempt: { kind: 'answered', status: 503, body: '{"answer":1}', accepted: false }, pause: 1 },
    { attempt: { kind: 'answered', status: 200, body: '{"answer":2}', accepted: true }, pause: null },
  ]);
});

test('sendWebhook reports an invalid URL without the text of the URL, which can contain a secret', async () => {
  const { tries } = await send('http://user:secret@127.0.0.1:9/signature', { schedule: () => [] });
  expect(tries).toEqual([{ kind: 'failed', error: 'TypeError', accepted: false }]);
});
