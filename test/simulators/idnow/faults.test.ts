import { expect, test } from 'vitest';
import { demoIdent, getIdent, idnowForTest, loginToIdnow, postLoginToIdnow } from '../support/idnow.ts';

test('the IDnow simulator counts the requests of each route, including failed requests', async () => {
  await using idnow = await idnowForTest();
  idnow.put(demoIdent());
  idnow.failNext('login', { status: 500 });
  await postLoginToIdnow(idnow.url, 'democompany', '{}');
  const token = await loginToIdnow(idnow.url);
  for (const name of ['Txn-1', 'Txn-1.zip', 'Txn-1.zip', 'Txn-1.pdf', 'Txn-1.xml']) {
    await (await getIdent(idnow.url, token, name)).arrayBuffer();
  }
  await fetch(`${idnow.url}/system_check`);
  await fetch(`${idnow.url}/nothing`);

  expect(idnow.requests).toMatchObject({
    login: 2,
    createIdent: 0,
    deleteIdent: 0,
    ident: 1,
    zip: 2,
    pdf: 1,
    xml: 1,
    systemCheck: 1,
    control: 0,
    other: 1,
  });
});

test.each([
  { status: 401, cause: 'INVALID_LOGIN_TOKEN', message: null },
  { status: 404, cause: 'OBJECT_NOT_FOUND', message: null },
  { status: 412, cause: 'PRECONDITION_FAILED', message: null },
  { status: 429, cause: 'BAD_REQUEST', message: null },
  { status: 500, cause: 'INTERNAL_SERVER_ERROR', message: 'An internal server error has occured' },
  { status: 503, cause: 'INTERNAL_SERVER_ERROR', message: 'An internal server error has occured' },
])(
  'a planned error of the IDnow simulator with the status $status has the error body $cause',
  async ({ status, cause, message }) => {
    await using idnow = await idnowForTest();
    idnow.failNext('ident', { status, headers: { 'retry-after': '7' } });

    const response = await getIdent(idnow.url, 'any', 'Txn-1');

    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toMatchObject({ errors: [{ cause, message }] });
  },
);

test('a planned error of the IDnow simulator for one path does not affect requests for other paths', async () => {
  await using idnow = await idnowForTest();
  idnow.put(demoIdent());
  const token = await loginToIdnow(idnow.url);
  idnow.failNext('ident', { status: 503, path: 'Txn-2' });
  const statusOf = async (name: string) => (await getIdent(idnow.url, token, name)).status;

  expect([await statusOf('Txn-1'), await statusOf('Txn-2'), await statusOf('Txn-2')]).toEqual([
    200, 503, 404,
  ]);
});

test('a planned error of the IDnow simulator affects only its route, for the given number of requests', async () => {
  await using idnow = await idnowForTest();
  idnow.put(demoIdent());
  const token = await loginToIdnow(idnow.url);
  idnow.failNext('zip', { status: 503, times: 2 });
  idnow.failNext('zip', { status: 429, body: 'slow down' });
  const statusOf = async (name: string) => {
    const response = await getIdent(idnow.url, token, name);
    await response.arrayBuffer();
    return response.status;
  };

  expect(await statusOf('Txn-1')).toBe(200);
  const zips = [await statusOf('Txn-1.zip'), await statusOf('Txn-1.zip'), await statusOf('Txn-1.zip')];
  expect(zips).toEqual([503, 503, 429]);
  expect(await statusOf('Txn-1.zip')).toBe(200);
});

test('a planned error of the IDnow simulator can replace the body of the answer', async () => {
  await using idnow = await idnowForTest();
  idnow.failNext('login', { status: 200, body: '<html>', headers: { 'content-type': 'text/html' } });

  const response = await postLoginToIdnow(idnow.url, 'democompany', '{}');

  expect(response.headers.get('content-type')).toBe('text/html');
  expect(await response.text()).toBe('<html>');
});

test('the planned error "hang-up" of the IDnow simulator closes the connection without an answer', async () => {
  await using idnow = await idnowForTest();
  idnow.failNext('ident', { status: 'hang-up' });
  await expect(getIdent(idnow.url, 'any', 'Txn-1')).rejects.toThrow();
});

test('the planned error "hang-up" of the IDnow simulator sends only the given number of bytes of a ZIP', async () => {
  await using idnow = await idnowForTest({ zipPadding: 200_000 });
  idnow.put(demoIdent());
  const token = await loginToIdnow(idnow.url);
  idnow.failNext('zip', { status: 'hang-up', afterBytes: 100_000 });

  const response = await getIdent(idnow.url, token, 'Txn-1.zip');

  expect(response.status).toBe(200);
  let received = 0;
  const reading = async () => {
    for await (const chunk of response.body ?? []) received += chunk.length;
  };
  await expect(reading()).rejects.toThrow();
  expect(received).toBe(100_000);
});

test('the planned error "slow" of the IDnow simulator sends the normal answer late', async () => {
  await using idnow = await idnowForTest();
  idnow.put(demoIdent());
  const token = await loginToIdnow(idnow.url);
  idnow.failNext('ident', { status: 'slow', delayMs: 30 });
  const before = performance.now();

  const response = await getIdent(idnow.url, token, 'Txn-1');

  expect(response.status).toBe(200);
  expect(performance.now() - before).toBeGreaterThanOrEqual(25);
});

test('the IDnow simulator stops without waiting until a slow answer is sent', async () => {
  const idnow = await idnowForTest();
  idnow.failNext('ident', { status: 'slow' });
  const request = getIdent(idnow.url, 'any', 'Txn-1').catch(() => 'cut');
  await expect.poll(() => idnow.requests.ident).toBe(1);

  await idnow.stop();

  expect(await request).toBe('cut');
});
