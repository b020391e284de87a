import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const timeoutMs = 120_000;

let consumer = '';

/** Packs the project and installs the tarball in an empty folder. npm copies Zod from our `node_modules`, offline. */
beforeAll(async () => {
  consumer = await mkdtemp(join(tmpdir(), 'idv-webhooks-consumer-'));
  await run('npm', ['pack', '--pack-destination', consumer], { cwd: root });
  const [tarball = ''] = await readdir(consumer);
  await writeFile(join(consumer, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const options = ['--offline', '--install-links', '--ignore-scripts', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...options, `./${tarball}`, join(root, 'node_modules/zod')], {
    cwd: consumer,
  });
}, timeoutMs);

afterAll(() => rm(consumer, { recursive: true, force: true }));

/** The PATH without the folders `node_modules/.bin`, so that `node` is the machine's Node.js and not the npm scripts'. */
const machinePath = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((directory) => !directory.endsWith(join('node_modules', '.bin')))
  .join(delimiter);

/** Runs a module in the folder with the installed package, and returns the JSON that the module prints. */
async function runModule(node: string, source: string): Promise<unknown> {
  const file = join(consumer, 'consumer.js');
  await writeFile(file, source);
  const { stdout } = await run(node, [file], { cwd: consumer, env: { ...process.env, PATH: machinePath } });
  return JSON.parse(stdout);
}

it('installing the package adds zod and no other dependency', async () => {
  const installed = await readdir(join(consumer, 'node_modules'));

  expect(installed.filter((name) => !name.startsWith('.')).toSorted()).toEqual(['idv-webhooks', 'zod']);
});

it('the package contains built modules, the event schema and the license, but no sources', async () => {
  const files = await readdir(join(consumer, 'node_modules/idv-webhooks'), { recursive: true });

  expect(files).toEqual(
    expect.arrayContaining([
      'LICENSE',
      'README.md',
      'package.json',
      'docs/events/verification-event.v1.schema.json',
      'lib/package/index.js',
      'lib/package/index.d.ts',
      'lib/package/cases.js',
      'lib/package/cases.d.ts',
    ]),
  );
  expect(files.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))).toEqual([]);
  expect(files.filter((file) => /^(shared|infra|functions|local|test|node_modules)/.test(file))).toEqual([]);
});

it.each([
  { title: 'the Node.js of the npm scripts', node: process.execPath },
  { title: 'the Node.js of this machine', node: 'node' },
])(
  'the installed package works with $title: it signs a callback URL and checks an event',
  async ({ node }) => {
    const result = await runModule(
      node,
      `
    import { signCallbackUrl } from 'idv-webhooks/callback-url';
    import { eventTypes, VerificationEvent } from 'idv-webhooks/events';
    import * as all from 'idv-webhooks';
    const { default: schema } = await import('idv-webhooks/events.schema.json', { with: { type: 'json' } });
    const url = (base) =>
      signCallbackUrl({ base, provider: 'id360', reference: 'order-1', secret: 's2' });
    let refused;
    try { url('nowhere'); } catch (error) { refused = error instanceof all.ConfigurationError && error.message; }
    console.log(JSON.stringify({
      url: url('https://webhooks.example.com'),
      refused,
      firstType: eventTypes[0],
      valid: VerificationEvent.safeParse({ specversion: '1.0' }).success,
      same: all.signCallbackUrl === signCallbackUrl && all.VerificationEvent === VerificationEvent,
      schema: schema.title,
    }));`,
    );

    // The expected signature is base64url(HMAC-SHA256(key 's2', text 'id360/order-1')).
    const signature = '7-OnEm8D4UQ0iNqt6jTbdiIXlpLHQwreKC_W85f8cuY';
    expect(result).toEqual({
      url: `https://webhooks.example.com/webhooks/id360/order-1/${signature}`,
      refused: expect.stringContaining('not a URL'),
      firstType: 'idv.verification.started.v1',
      valid: false,
      same: true,
      schema: 'Verification event, version 1',
    });
  },
);

it.each([process.execPath, 'node'])(
  'idv-webhooks/cases works where the AWS SDK is installed, and idv-webhooks works without it (%s)',
  async (node) => {
    const built = JSON.stringify(new URL('../../lib/package/cases.js', import.meta.url).href);
    const source = `import { closeCase, openCase } from ${built}; console.log(typeof openCase, typeof closeCase);`;

    const { stdout } = await run(node, ['--input-type=module', '--eval', source], {
      env: { ...process.env, PATH: machinePath },
    });
    const withoutSdk = await runModule(
      node,
      `console.log(JSON.stringify(Object.keys(await import('idv-webhooks')).includes('openCase')));`,
    );

    expect([stdout, withoutSdk]).toEqual(['function function\n', false]);
  },
);

const consumerInTypeScript = `
import { signCallbackUrl } from 'idv-webhooks/callback-url';
import { type ChangedMember, type EventType, VerificationEvent } from 'idv-webhooks/events';
import * as all from 'idv-webhooks';

const url: string = signCallbackUrl({ base: 'https://w.example', provider: 'datakeen', reference: 'r', secret: 's' });
// @ts-expect-error The argument reference is required.
signCallbackUrl({ base: url, provider: 'datakeen', secret: 's' });

export function handle(body: string): 'approved' | 'other' {
  const event: VerificationEvent = VerificationEvent.parse(JSON.parse(body));
  const type: EventType = event.type;
  // @ts-expect-error This event type does not exist.
  if (type === 'idv.verification.imagined.v1') return 'other';
  const name: string | undefined = event.data.claims.given_name;
  const changed: ChangedMember[] = event.data.changed;
  if (!changed.includes('outcome')) return 'other';
  // @ts-expect-error The sequence of an event is a number.
  const sequence: string = event.data.sequence;
  return event.data.outcome === 'approved' && name !== sequence ? 'approved' : 'other';
}
export const again: all.VerificationEvent['id'] = 'idnow:c:t#20261122T101000Z.1';
`;

it.each([
  { module: 'nodenext', moduleResolution: 'nodenext' },
  { module: 'esnext', moduleResolution: 'bundler' },
])('the types of the package work in TypeScript with moduleResolution $moduleResolution', async (options) => {
  const compilerOptions = { ...options, target: 'es2022', strict: true, noEmit: true, types: [] };
  const files = ['consumer.ts'];
  await writeFile(join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  await writeFile(join(consumer, 'consumer.ts'), consumerInTypeScript);

  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const answer = await run(process.execPath, [compiler, '--project', consumer]).catch((error) => error);

  expect(answer).toMatchObject({ stdout: '' });
});

it('the packed package.json declares the license and the entry points', async () => {
  const manifest: unknown = JSON.parse(
    await readFile(join(consumer, 'node_modules/idv-webhooks/package.json'), 'utf8'),
  );

  expect(manifest).toMatchObject({
    license: 'Apache-2.0',
    exports: { '.': {}, './callback-url': {}, './cases': {}, './events': {} },
  });
});
