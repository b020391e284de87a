import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCallbackUrlCommand } from '../../local/callback-url/command.ts';
import { createSignedUrlGuard } from '../../shared/receiving/guards/signed-url.ts';
import { SECRET, startFakeStack } from '../simulators/support/command.ts';
import { request } from '../support/requests.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'callback-url-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** Runs the command `callback-url` in the process of the test. */
async function run(args: readonly string[]) {
  const written = { out: '', err: '' };
  const code = await runCallbackUrlCommand(args, {
    print: (line) => {
      written.out += `${line}\n`;
    },
    complain: (line) => {
      written.err += `${line}\n`;
    },
  });
  return { ...written, code };
}

/** Runs the command `callback-url` in its own process, like `npm run -s callback-url`. */
async function runProcess(args: readonly string[], stdin = '') {
  const child = spawn(process.execPath, ['local/callback-url.ts', ...args], { cwd: root });
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve));
  child.stdin.on('error', () => undefined).end(stdin);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { out, err, code: await exited };
}

async function writeSecretFile(content: unknown): Promise<string> {
  const file = join(directory, `${crypto.randomUUID()}.json`);
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

/** ID360's webhook secret during a rotation: each list has the new value first and then the old value. */
const webhookSecret = {
  callbackHeader: { name: 'X-Callback-Token', values: [SECRET, 'the one before'] },
  urlSecrets: [SECRET, 'the one before'],
  placeholder: 'x',
};

function parts(out: string) {
  const [url = '', empty, ...block] = out.split('\n');
  return { url, empty, block: JSON.parse(block.join('\n')) };
}

const blockOf = (url: string) => ({
  callback_endpoints: [{ url, on: ['E', 'F', 'C'], headers: [{ name: 'X-Callback-Token', value: SECRET }] }],
});

function isAccepted(url: string, secret: string, provider: 'id360' | 'datakeen' = 'id360'): boolean {
  const [, named, reference, signature] =
    /\/webhooks\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(new URL(url).pathname) ?? [];
  expect(named).toBe(provider);
  const pathParameters = { reference: reference ?? '', signature: signature ?? '' };
  return (
    createSignedUrlGuard(provider, { secrets: [secret], required: false })(request({ pathParameters })) ===
    null
  );
}

describe('npm run callback-url', () => {
  test('callback-url for ID360 on a local stack prints the URL, an empty line and the JSON that ID360 needs', async () => {
    await using stack = await startFakeStack({ webhook: 'unused' });

    const { code, out, err } = await runProcess([
      'id360',
      'order-4711',
      '--base',
      `http://127.0.0.1:${stack.port}/`,
    ]);

    expect([code, err]).toEqual([0, '']);
    const { url, empty, block } = parts(out);
    expect(url).toMatch(
      new RegExp(`^http://127\\.0\\.0\\.1:${stack.port}/webhooks/id360/order-4711/[\\w-]{43}$`),
    );
    expect(empty).toBe('');
    expect(block).toEqual(blockOf(url));
    expect(isAccepted(url, SECRET)).toBe(true);
    expect(isAccepted(url, 'another')).toBe(false);
  });

  test.each(['file', '-'])(
    'callback-url reads the secret of a deployed stack from a file or the standard input: %s',
    async (from) => {
      const base = 'https://webhooks.example.com/v1';
      const secret = from === '-' ? '-' : await writeSecretFile(webhookSecret);

      const { code, out, err } = await runProcess(
        ['id360', 'order-4711', '--base', base, '--secret', secret],
        JSON.stringify(webhookSecret),
      );

      expect([code, err]).toEqual([0, '']);
      const { url, empty, block } = parts(out);
      expect(url.startsWith(`${base}/webhooks/id360/order-4711/`)).toBe(true);
      expect(empty).toBe('');
      expect(block).toEqual(blockOf(url));
      expect(isAccepted(url, SECRET), 'the first secret is the newest').toBe(true);
    },
  );
});

describe('for Datakeen, npm run callback-url', () => {
  test.each([
    ['--base', (port: string) => `http://127.0.0.1:${port}`],
    ['--port', (port: string) => port],
  ])('callback-url for Datakeen on a local stack (%s) prints only the URL', async (option, makeValue) => {
    const answer = { config: { datakeen: { urlSecrets: [SECRET, 'the one before'] } } };
    await using stack = await startFakeStack({ webhook: 'unused', answer });

    const { code, out, err } = await run(['datakeen', 'case-4711', option, makeValue(stack.port)]);

    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(
      new RegExp(`^http://127\\.0\\.0\\.1:${stack.port}/webhooks/datakeen/case-4711/[\\w-]{43}\\n$`),
    );
    expect(isAccepted(out.trim(), SECRET, 'datakeen')).toBe(true);
  });

  test("callback-url accepts the secret of a deployed stack, and the stack's output WebhooksUrl as the base", async () => {
    const secret = await writeSecretFile({ urlSecrets: [SECRET] });
    const base = 'https://webhooks.example.com/v1/webhooks/';

    const { code, out } = await run(['datakeen', 'back-office', '--base', base, '--secret', secret]);

    expect(code).toBe(0);
    expect(out.startsWith('https://webhooks.example.com/v1/webhooks/datakeen/back-office/')).toBe(true);
    expect(isAccepted(out.trim(), SECRET, 'datakeen')).toBe(true);
  });
});

describe('npm run callback-url: errors', () => {
  const base = ['--base', 'https://webhooks.example.com'];
  const given = (secret: unknown) => async () => [
    'id360',
    'order-1',
    ...base,
    '--secret',
    await writeSecretFile(secret),
  ];
  const { callbackHeader, urlSecrets } = webhookSecret;

  test.each<[string, () => Promise<string[]>, RegExp]>([
    ['no arguments', async () => [], /^Usage: npm run -s callback-url/],
    ['too many arguments', async () => ['id360', 'a', 'b'], /^Usage:/],
    ['an unknown option', async () => ['id360', 'a', '--bogus'], /Unknown option '--bogus'/],
    ['a provider without signed URLs', async () => ['idnow', 'a'], /^idnow does not use signed URLs/],
    [
      'a base without a local stack',
      async () => ['id360', 'order-1', '--base', 'http://127.0.0.1:9'],
      /^no local stack answers at --base: start one with "npm start"/,
    ],
    [
      'a port without a local stack',
      async () => ['id360', 'order-1', '--port', '9'],
      /^no local stack answers at --port 9: start one with "npm start"/,
    ],
    ['a port that is no port', async () => ['id360', 'order-1', '--port', 'x'], /^--port x: not a port$/],
    [
      'a port and a base',
      async () => ['id360', 'order-1', ...base, '--port', '8800'],
      /^--port and --base exclude each other$/,
    ],
    [
      'a base that is not a URL',
      async () => ['id360', 'order-1', '--base', 'nowhere'],
      /^no local stack answers at --base/,
    ],
    [
      'a base with a password',
      async () => ['id360', 'order-1', '--base', `http://user:${SECRET}@127.0.0.1:9`],
      /^no local stack answers at --base/,
    ],
    [
      'a reference that a signed URL cannot contain',
      async () => ['id360', 'a/b', ...base, '--secret', await writeSecretFile(webhookSecret)],
      /^a reference has 1 to 128 of the characters/,
    ],
    [
      'an invalid base',
      async () => ['id360', 'a', '--base', 'nowhere', '--secret', await writeSecretFile(webhookSecret)],
      /^the base of callback URLs is not a URL/,
    ],
    [
      'a missing file',
      async () => ['id360', 'a', ...base, '--secret', 'no-such-file'],
      /^--secret no-such-file: cannot be read$/,
    ],
    [
      'a secret without a base',
      async () => ['id360', 'a', '--secret', await writeSecretFile(webhookSecret)],
      /^--secret is for a deployed stack: give its URL with --base$/,
    ],
    ['a file that is not JSON', given(`{"urlSecrets":["${SECRET}"`), /^--secret .*: is not JSON$/],
    ['a bare secret', given(SECRET), /: is not JSON$/],
    ['JSON that is not a secret', given(`["${SECRET}"]`), /has no usable webhook secret$/],
    ['a secret without URL secrets', given({ callbackHeader }), /has no usable urlSecrets$/],
    ['an empty list of URL secrets', given({ callbackHeader, urlSecrets: [] }), /has no usable urlSecrets/],
    [
      'an empty list of header values',
      given({ callbackHeader: { name: 'x', values: [] }, urlSecrets }),
      /has no usable callbackHeader\.values/,
    ],
    [
      'a secret of the wrong kind',
      given({ callbackHeader, urlSecrets: { current: SECRET } }),
      /has no usable urlSecrets$/,
    ],
  ])('callback-url reports the mistake, exits with 2 and prints no secret: %s', async (_, args, says) => {
    const { code, out, err } = await run(await args());

    expect([code, out]).toEqual([2, '']);
    expect(err.trim()).toMatch(says);
    expect(err).not.toContain(SECRET);
    expect(err, 'no stack trace for a mistake of the user').not.toContain('    at ');
  });

  test.each([
    ['another service', { name: SECRET }, 'no local stack answers at --base'],
    [
      'a stack without ID360',
      { config: { idnow: { a: SECRET } } },
      'the local stack has no usable webhook secret',
    ],
  ])(
    'callback-url refuses a base URL at which no usable local stack answers: %s',
    async (_, answer, says) => {
      await using stack = await startFakeStack({ webhook: 'unused', answer });

      const { code, err } = await runProcess([
        'id360',
        'order-1',
        '--base',
        `http://127.0.0.1:${stack.port}`,
      ]);

      expect(code).toBe(2);
      expect(err).toContain(says);
      expect(err).not.toContain(SECRET);
    },
  );
});
