import { expect, test } from 'vitest';
import { makeDatakeenSession } from '../../../local/simulators/datakeen/make-session.ts';
import {
  bodyStatusOf,
  datakeenForTest,
  getSession,
  loginToDatakeen,
  postLoginToDatakeen,
} from '../support/datakeen.ts';

test('the Datakeen simulator counts the requests of each route, including failed requests', async () => {
  await using datakeen = await datakeenForTest();
  datakeen.failNext('login', { status: 500 });
  await postLoginToDatakeen(datakeen.url, '{}');
  const authorization = `Basic ${await loginToDatakeen(datakeen.url)}`;
  for (const id of ['1', '2', '3']) await getSession(datakeen.url, authorization, id);
  await fetch(`${datakeen.url}/_simulator/sessions/1`, { method: 'PUT' });
  await fetch(`${datakeen.url}/backend/api/v1/auth`, { method: 'POST' });

  expect(datakeen.requests).toEqual({ login: 2, create: 0, session: 3, control: 1, other: 1 });
});

test.each([
  { status: 400, message: 'Bad request' },
  { status: 401, message: 'Unauthorized' },
  { status: 404, message: 'Session not found' },
  { status: 429, message: 'Too many requests' },
  { status: 503, message: 'Error' },
])(
  'a planned error of the Datakeen simulator has the status $status in the HTTP answer and in its body',
  async ({ status, message }) => {
    await using datakeen = await datakeenForTest();
    datakeen.failNext('session', { status, headers: { 'retry-after': '7' } });

    const response = await getSession(datakeen.url, undefined, '1');

    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toEqual({ status, message });
  },
);

test('a planned error of the Datakeen simulator can have another status in its body than in the HTTP answer', async () => {
  await using datakeen = await datakeenForTest();
  datakeen.failNext('session', { status: 200, body: '{"status":401,"message":"Unauthorized"}' });

  const response = await getSession(datakeen.url, undefined, '1');

  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: 401, message: 'Unauthorized' });
});

test('a planned error of the Datakeen simulator does not count as the first request, which gets "unfinished"', async () => {
  await using datakeen = await datakeenForTest();
  datakeen.put(makeDatakeenSession({ sessionId: '1' }));
  datakeen.failNext('session', { status: 500 });
  const authorization = `Basic ${await loginToDatakeen(datakeen.url)}`;
  const ask = async () => bodyStatusOf(await getSession(datakeen.url, authorization, '1'));

  expect([await ask(), await ask(), await ask()]).toEqual([500, 202, 200]);
});

test('the planned error "hang-up" of the Datakeen simulator sends only the given number of bytes of a result', async () => {
  await using datakeen = await datakeenForTest({ notReady: 0 });
  datakeen.put(makeDatakeenSession({ sessionId: '1' }));
  datakeen.failNext('session', { status: 'hang-up', afterBytes: 1000 });

  const response = await getSession(datakeen.url, `Basic ${await loginToDatakeen(datakeen.url)}`, '1');

  expect(response.status).toBe(200);
  let received = 0;
  const reading = async () => {
    for await (const chunk of response.body ?? []) received += chunk.length;
  };
  await expect(reading()).rejects.toThrow();
  expect(received).toBe(1000);
});
