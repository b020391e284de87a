import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { run, SECRET, startFakeStack } from '../support/command.ts';
import { getIdent, idnowForTest, loginTo } from '../support/idnow.ts';
import { bodiesOf, type Reply, startReceiver } from '../support/receiver.ts';

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

describe('the list of scenarios', () => {
  test.each([
    { args: ['--help'], code: 0, says: '' },
    { args: ['idnow', 'HAPPYPATH', '-h'], code: 0, says: '' },
    { args: [], code: 2, says: 'Say which provider' },
    { args: ['idnow'], code: 2, says: 'Say which scenario' },
    { args: ['nobody', 'HAPPYPATH'], code: 2, says: 'no provider "nobody"' },
    { args: ['idnow', 'SADPATH'], code: 2, says: 'no scenario "SADPATH"' },
    { args: ['idnow', 'constructor'], code: 2, says: 'no scenario' },
    { args: ['idnow', 'HAPPYPATH', 'CANCELED'], code: 2, says: 'One scenario at a time' },
    { args: ['idnow', 'HAPPYPATH', '--wrong'], code: 2, says: '--wrong' },
    { args: ['id360', 'HAPPYPATH'], code: 2, says: 'no scenario "HAPPYPATH"' },
    { args: ['id360', 'OK', '--header', `=${SECRET}`], code: 2, says: '--header takes NAME=VALUE' },
    { args: ['id360', 'OK', '--header', `x y=${SECRET}`], code: 2, says: '--header takes NAME=VALUE' },
    { args: ['id360', 'OK', '--header', `x=${SECRET}\n`], code: 2, says: '--header takes NAME=VALUE' },
    { args: ['idnow', 'HAPPYPATH', '--port', 'x'], code: 2, says: '--port takes a whole number' },
    { args: ['idnow', 'HAPPYPATH', '--url', 'ftp://x'], code: 2, says: 'not an HTTP address' },
    { args: ['idnow', 'HAPPYPATH', '--url', `http://u:${SECRET}@x/`], code: 2, says: '--user' },
  ])('$args exits $code', async ({ args, code, says }) => {
    const result = await run(...args);

    expect(result.code).toBe(code);
    expect(result.err).toContain(says);
    const list = code === 0 ? result.out : result.err;
    expect(list).toMatch(/^ {2}HAPPYPATH +started/m);
    expect(list).toMatch(/^ {2}ABORTED_THEN_RETRY +aborted/m);
    expect(list).toMatch(/^Scenarios of id360\n {2}OK +every step, then OK\n/m);
    expect(list).toMatch(/^ {2}FINAL_BEFORE_LAST_STEP +OK arrives/m);
    expect(list).toMatch(/^Scenarios of datakeen\n {2}APPROVED +the session passes, ai_approved\n/m);
    expect(result.out + result.err).not.toContain(SECRET);
  });
});

describe('with the local stack', () => {
  test('uses its address, its credentials and its account', async () => {
    await using receiver = await startReceiver();
    await using stack = await startFakeStack({ webhook: receiver.url });

    const { code, out } = await run('idnow', 'HAPPYPATH', '--port', stack.port, '--transaction', 'Mine');

    expect(code).toBe(0);
    expect(receiver.received.map(({ headers }) => headers.authorization)).toEqual(
      Array.from({ length: 3 }, () => basic('u', SECRET)),
    );
    expect(bodiesOf(receiver)).toMatchObject(
      Array.from({ length: 3 }, () => ({
        identificationprocess: { companyid: 'democompany', transactionnumber: 'Mine' },
      })),
    );
    expect(out.split('\n')).toEqual([
      expect.stringContaining('HAPPYPATH of idnow democompany/Mine to http://127.0.0.1:'),
      expect.stringContaining('Nothing simulates the API'),
      expect.stringMatching(/^ 1 {2}the user starts +200 {2}\{"answer":1\}$/),
      expect.stringMatching(/^ 2 {2}captured, waits for a check +200 {2}\{"answer":2\}$/),
      expect.stringMatching(/^ 3 {2}final: success, data changed +200 {2}\{"answer":3\}$/),
    ]);
    expect(out).not.toContain(SECRET);
  });

  test("options replace the stack's account and credentials", async () => {
    await using receiver = await startReceiver();
    await using stack = await startFakeStack({ webhook: receiver.url });

    await run(
      'idnow',
      'CANCELED',
      '--port',
      stack.port,
      '--company',
      'c',
      '--user',
      'me',
      '--password',
      'wrong',
    );

    expect(receiver.received[0]?.headers.authorization).toBe(basic('me', 'wrong'));
    expect(bodiesOf(receiver)[0]).toMatchObject({ identificationprocess: { companyid: 'c' } });
  });

  test("puts each state into the stack's simulator, where evidence is then found", async () => {
    await using receiver = await startReceiver();
    await using idnow = await idnowForTest();
    await using stack = await startFakeStack({ webhook: receiver.url, simulator: idnow.url });

    const { code } = await run('idnow', 'OUT_OF_ORDER', '--port', stack.port, '--transaction', 'Case 1/2');

    expect(code).toBe(0);
    expect(idnow.requests.control).toBe(3);
    const response = await getIdent(idnow.url, await loginTo(idnow.url), 'case%201%2F2');
    expect(await response.json()).toEqual(bodiesOf(receiver)[1]);
  });

  test('says so when the simulator refuses', async () => {
    await using receiver = await startReceiver();
    await using idnow = await idnowForTest();
    await using stack = await startFakeStack({ webhook: receiver.url, simulator: idnow.url });

    const { code, err } = await run('idnow', 'HAPPYPATH', '--port', stack.port, '--company', 'nobody');

    expect([code, err]).toEqual([1, 'The simulator refused the state: 404 There is no account nobody']);
    expect(receiver.received).toEqual([]);
  });

  test('says how to start it when it is not running', async () => {
    const stack = await startFakeStack({ webhook: 'http://127.0.0.1/' });
    await stack[Symbol.asyncDispose]();

    const { code, err } = await run('idnow', 'HAPPYPATH', '--port', stack.port);

    expect(code).toBe(1);
    expect(err).toContain('npm start');
  });

  test.each([
    { answer: { hello: 'world' }, says: 'is not the local stack' },
    { answer: { webhooks: {}, config: {} }, says: 'has no webhook of idnow' },
    {
      answer: { webhooks: { idnow: 'http://127.0.0.1/' }, config: { idnow: { accounts: [] } } },
      says: 'no account or no credential',
    },
  ])('says when $says', async ({ answer, says }) => {
    await using stack = await startFakeStack({ webhook: '', answer });

    const { code, err } = await run('idnow', 'HAPPYPATH', '--port', stack.port);

    expect([code, err]).toEqual([1, expect.stringContaining(says)]);
  });
});

describe('with --url', () => {
  test('drives any endpoint, and does not print the path, which may be signed', async () => {
    await using receiver = await startReceiver();
    const url = `${receiver.origin}/webhooks/idnow/${SECRET}?${SECRET}`;

    const { code, out } = await run('idnow', 'X-MANUALTEST-CANCELED', '--url', url);

    expect(code).toBe(0);
    expect(receiver.received.map(({ path }) => path)).toEqual(
      Array.from({ length: 2 }, () => `/webhooks/idnow/${SECRET}?${SECRET}`),
    );
    expect(receiver.received[0]?.headers.authorization).toBeUndefined();
    expect(out).not.toContain(SECRET);
  });

  test('sends the credentials that it is given', async () => {
    await using receiver = await startReceiver();

    const { out } = await run(
      'idnow',
      'CANCELED',
      '--url',
      receiver.url,
      '--user',
      'u',
      '--password',
      SECRET,
    );

    expect(receiver.received[0]?.headers.authorization).toBe(basic('u', SECRET));
    expect(out).not.toContain(SECRET);
  });

  test('two runs are two cases', async () => {
    await using receiver = await startReceiver();

    await run('idnow', 'CANCELED', '--url', receiver.url);
    await run('idnow', 'CANCELED', '--url', receiver.url);

    const text = receiver.received.map(({ body }) => /"transactionnumber":"([^"]+)"/.exec(body)?.[1]);
    expect(new Set(text).size).toBe(2);
  });
});

describe('failures', () => {
  test('prints each retry, and succeeds in the end', async () => {
    await using receiver = await startReceiver([503, 503]);

    const { code, out } = await run('idnow', 'CANCELED', '--url', receiver.url);

    expect(code).toBe(0);
    expect(out.match(/^ {4}the user starts +503 .*\(again in \d s\)$/gm)).toEqual([
      expect.stringContaining('again in 1 s'),
      expect.stringContaining('again in 2 s'),
    ]);
  });

  test('exits 1 when a delivery was never accepted', async () => {
    await using receiver = await startReceiver(Array.from({ length: 3 }, (): Reply => 401));

    const { code, out } = await run('idnow', 'CANCELED', '--url', receiver.url, '--give-up-after', '3');

    expect(code).toBe(1);
    expect(out).toMatch(/^ 1 {2}the user starts +401 .*\(given-up after 3 tries\)$/m);
    expect(out).toMatch(/^ 2 {2}canceled by the robot +200 /m);
  });
});

test('the command itself: its exit code, and its list on the error output', async () => {
  const started = promisify(execFile)(process.execPath, ['local/simulate.ts']);
  await expect(started).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('HAPPYPATH') });
});
