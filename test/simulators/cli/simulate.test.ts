import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { runSimulate, SECRET, startFakeStack } from '../support/command.ts';
import { getIdent, idnowForTest, loginToIdnow } from '../support/idnow.ts';
import { bodiesOf, type Reply, startReceiver } from '../support/receiver.ts';

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

describe('npm run simulate: help and invalid arguments', () => {
  test.each([
    { args: ['--help'], code: 0, message: '' },
    { args: ['idnow', 'HAPPYPATH', '-h'], code: 0, message: '' },
    { args: [], code: 2, message: 'Give a provider' },
    { args: ['idnow'], code: 2, message: 'Give a scenario' },
    { args: ['nobody', 'HAPPYPATH'], code: 2, message: 'no provider "nobody"' },
    { args: ['idnow', 'SADPATH'], code: 2, message: 'no scenario "SADPATH"' },
    { args: ['idnow', 'constructor'], code: 2, message: 'no scenario' },
    { args: ['idnow', 'HAPPYPATH', 'CANCELED'], code: 2, message: 'Give only one scenario' },
    { args: ['idnow', 'HAPPYPATH', '--wrong'], code: 2, message: '--wrong' },
    { args: ['id360', 'HAPPYPATH'], code: 2, message: 'no scenario "HAPPYPATH"' },
    { args: ['id360', 'OK', '--header', `=${SECRET}`], code: 2, message: '--header takes NAME=VALUE' },
    { args: ['id360', 'OK', '--header', `x y=${SECRET}`], code: 2, message: '--header takes NAME=VALUE' },
    { args: ['id360', 'OK', '--header', `x=${SECRET}\n`], code: 2, message: '--header takes NAME=VALUE' },
    { args: ['idnow', 'HAPPYPATH', '--port', 'x'], code: 2, message: '--port takes a whole number' },
    { args: ['idnow', 'HAPPYPATH', '--url', 'ftp://x'], code: 2, message: 'not an HTTP address' },
    { args: ['idnow', 'HAPPYPATH', '--url', `http://u:${SECRET}@x/`], code: 2, message: '--user' },
  ])(
    'npm run simulate lists the scenarios and exits with $code for the arguments $args',
    async ({ args, code, message }) => {
      const result = await runSimulate(...args);

      expect(result.code).toBe(code);
      expect(result.err).toContain(message);
      const list = code === 0 ? result.out : result.err;
      expect(list).toMatch(/^ {2}HAPPYPATH +started/m);
      expect(list).toMatch(/^ {2}ABORTED_THEN_RETRY +aborted/m);
      expect(list).toMatch(/^Scenarios of id360\n {2}OK +every step, then OK\n/m);
      expect(list).toMatch(/^ {2}FINAL_BEFORE_LAST_STEP +OK arrives/m);
      expect(list).toMatch(/^Scenarios of datakeen\n {2}APPROVED +the session passes, ai_approved\n/m);
      expect(result.out + result.err).not.toContain(SECRET);
    },
  );
});

describe('npm run simulate with the local stack', () => {
  test('npm run simulate uses the URL, the credentials and the account of the local stack', async () => {
    await using receiver = await startReceiver();
    await using stack = await startFakeStack({ webhook: receiver.url });

    const { code, out } = await runSimulate(
      'idnow',
      'HAPPYPATH',
      '--port',
      stack.port,
      '--transaction',
      'Mine',
    );

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
      expect.stringContaining('Plays idnow HAPPYPATH for democompany/Mine against http://127.0.0.1:'),
      expect.stringContaining('not the built-in simulator'),
      expect.stringMatching(/^ 1 {2}the user starts +200 {2}\{"answer":1\}$/),
      expect.stringMatching(/^ 2 {2}captured, waits for a check +200 {2}\{"answer":2\}$/),
      expect.stringMatching(/^ 3 {2}final: success +200 {2}\{"answer":3\}$/),
    ]);
    expect(out).not.toContain(SECRET);
  });

  test("the options of npm run simulate replace the stack's account and credentials", async () => {
    await using receiver = await startReceiver();
    await using stack = await startFakeStack({ webhook: receiver.url });

    await runSimulate(
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

  test("npm run simulate stores each state in the local stack's simulator, which then returns the ident", async () => {
    await using receiver = await startReceiver();
    await using idnow = await idnowForTest();
    await using stack = await startFakeStack({ webhook: receiver.url, simulator: idnow.url });

    const { code } = await runSimulate(
      'idnow',
      'OUT_OF_ORDER',
      '--port',
      stack.port,
      '--transaction',
      'Case 1/2',
    );

    expect(code).toBe(0);
    expect(idnow.requests.control).toBe(3);
    const response = await getIdent(idnow.url, await loginToIdnow(idnow.url), 'case%201%2F2');
    expect(await response.json()).toEqual(bodiesOf(receiver)[1]);
  });

  test('npm run simulate does not send a lost webhook, but the simulator has its result', async () => {
    await using receiver = await startReceiver();
    await using idnow = await idnowForTest();
    await using stack = await startFakeStack({ webhook: receiver.url, simulator: idnow.url });

    const { code, out } = await runSimulate(
      'idnow',
      'LOST_FINAL',
      '--port',
      stack.port,
      '--transaction',
      'lost-1',
    );

    expect(code).toBe(0);
    expect(receiver.received).toHaveLength(2);
    expect(out).toMatch(/^ 3 {2}final: success, data changed +--- {2}lost: the API has the result/m);
    const ident = await getIdent(idnow.url, await loginToIdnow(idnow.url), 'lost-1');
    expect(await ident.json()).toMatchObject({ identificationprocess: { result: 'SUCCESS_DATA_CHANGED' } });
  });

  test('npm run simulate reports the reason and sends nothing if the simulator refuses a state', async () => {
    await using receiver = await startReceiver();
    await using idnow = await idnowForTest();
    await using stack = await startFakeStack({ webhook: receiver.url, simulator: idnow.url });

    const { code, err } = await runSimulate(
      'idnow',
      'HAPPYPATH',
      '--port',
      stack.port,
      '--company',
      'nobody',
    );

    expect([code, err]).toEqual([1, 'The simulator refused the state: 404 There is no account nobody']);
    expect(receiver.received).toEqual([]);
  });

  test('npm run simulate explains how to start the local stack if it is not running', async () => {
    const stack = await startFakeStack({ webhook: 'http://127.0.0.1/' });
    await stack[Symbol.asyncDispose]();

    const { code, err } = await runSimulate('idnow', 'HAPPYPATH', '--port', stack.port);

    expect(code).toBe(1);
    expect(err).toContain('npm start');
  });

  test.each([
    { answer: { hello: 'world' }, message: 'is not the local stack' },
    { answer: { webhooks: {}, config: {} }, message: 'has no webhook URL for idnow' },
    {
      answer: { webhooks: { idnow: 'http://127.0.0.1/' }, config: { idnow: { accounts: [] } } },
      message: 'no account or no credential',
    },
  ])(
    'npm run simulate reports an unusable answer of the local stack: $message',
    async ({ answer, message }) => {
      await using stack = await startFakeStack({ webhook: '', answer });

      const { code, err } = await runSimulate('idnow', 'HAPPYPATH', '--port', stack.port);

      expect([code, err]).toEqual([1, expect.stringContaining(message)]);
    },
  );
});

describe('npm run simulate with --url', () => {
  test('npm run simulate --url sends to any endpoint, and does not print the path, which may be signed', async () => {
    await using receiver = await startReceiver();
    const url = `${receiver.origin}/webhooks/idnow/${SECRET}?${SECRET}`;

    const { code, out } = await runSimulate('idnow', 'X-MANUALTEST-CANCELED', '--url', url);

    expect(code).toBe(0);
    expect(receiver.received.map(({ path }) => path)).toEqual(
      Array.from({ length: 2 }, () => `/webhooks/idnow/${SECRET}?${SECRET}`),
    );
    expect(receiver.received[0]?.headers.authorization).toBeUndefined();
    expect(out).not.toContain(SECRET);
  });

  test('npm run simulate --url sends the credentials from its options', async () => {
    await using receiver = await startReceiver();

    const { out } = await runSimulate(
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

  test('two runs of npm run simulate create two cases', async () => {
    await using receiver = await startReceiver();

    await runSimulate('idnow', 'CANCELED', '--url', receiver.url);
    await runSimulate('idnow', 'CANCELED', '--url', receiver.url);

    const text = receiver.received.map(({ body }) => /"transactionnumber":"([^"]+)"/.exec(body)?.[1]);
    expect(new Set(text).size).toBe(2);
  });
});

describe('npm run simulate: refused deliveries', () => {
  test('npm run simulate prints each retry and exits with 0 if all deliveries are accepted in the end', async () => {
    await using receiver = await startReceiver([503, 503]);

    const { code, out } = await runSimulate('idnow', 'CANCELED', '--url', receiver.url);

    expect(code).toBe(0);
    expect(out.match(/^ {4}the user starts +503 .*\(again in \d s\)$/gm)).toEqual([
      expect.stringContaining('again in 1 s'),
      expect.stringContaining('again in 2 s'),
    ]);
  });

  test('npm run simulate exits with 1 if a delivery is never accepted', async () => {
    await using receiver = await startReceiver(Array.from({ length: 3 }, (): Reply => 401));

    const { code, out } = await runSimulate(
      'idnow',
      'CANCELED',
      '--url',
      receiver.url,
      '--give-up-after',
      '3',
    );

    expect(code).toBe(1);
    expect(out).toMatch(/^ 1 {2}the user starts +401 .*\(given-up after 3 tries\)$/m);
    expect(out).toMatch(/^ 2 {2}canceled by the robot +200 /m);
  });
});

test('the process npm run simulate sets its exit code and prints the scenarios to the error output', async () => {
  const started = promisify(execFile)(process.execPath, ['local/simulate.ts']);
  await expect(started).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('HAPPYPATH') });
});
