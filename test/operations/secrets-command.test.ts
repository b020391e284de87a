import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stages } from '../../infra/stages.ts';
import { emulatorCredentials } from '../../local/stack/aws-account.ts';
import { CleanupList } from '../../local/stack/cleanup.ts';
import { startSecretsManagerEmulator } from '../../local/stack/emulators/secrets-manager-emulator.ts';
import { checkSecret } from '../../shared/operations/stack/check-secret.ts';
import { providerStageSections } from '../../shared/providers/providers.ts';

const { idnow, id360, datakeen } = providerStageSections;

const cleanup = new CleanupList();
let url: string;
beforeAll(async () => {
  const emulator = await startSecretsManagerEmulator(cleanup);
  url = emulator.url;
  const create = (name: string, value: string | undefined) =>
    emulator.createSecret(`idv-webhooks-test/${name}`, `arn:${name}`, value);
  create('idnow/webhook', '{"basicAuth":[{"username":"idnow","password":"S3CRET"}]}');
  create('idnow/api', undefined);
  create('id360/webhook', '{"callbackHeader":{"name":"x-callback-token","values":[" S3CRET"]}}');
  create('id360/api', '{"username":"S3CRET');
  create('datakeen/webhook', '{"urlSecrets":["S3CRET"]}');
});
afterAll(() => cleanup.run());

function npmSecrets(...args: string[]) {
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
    AWS_ACCESS_KEY_ID: emulatorCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: emulatorCredentials.secretAccessKey,
    AWS_REGION: 'eu-west-1',
  };
  return promisify(execFile)('npm', ['run', '-s', 'secrets', '--', ...args], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

test('npm run secrets lists which secrets of a stage are complete, empty or malformed, and prints none of them', async () => {
  const { code, stdout, stderr } = await npmSecrets('test');

  expect([code, stderr]).toEqual([1, '']);
  expect(stdout.trimEnd().split('\n')).toEqual([
    'complete   idv-webhooks-test/idnow/webhook',
    'empty      idv-webhooks-test/idnow/api  its shape: {"accounts":[]}',
    'malformed  idv-webhooks-test/id360/webhook  callbackHeader.values[0]: is not what a header can carry',
    'malformed  idv-webhooks-test/id360/api  is not JSON',
    'complete   idv-webhooks-test/datakeen/webhook',
    'empty      idv-webhooks-test/datakeen/api  its shape: {"username":"","password":""}',
  ]);
  expect(stdout).not.toContain('S3CRET');
});

test('npm run secrets explains how to call it, and lists the stages if the stage is unknown', async () => {
  expect(await npmSecrets()).toMatchObject({ code: 2, stderr: expect.stringMatching(/^Usage:/) });
  const names = stages.map(({ name }) => name).join(', ');
  expect(await npmSecrets('nope')).toMatchObject({ code: 2, stderr: expect.stringContaining(names) });
});

const { apiSecret, webhookSecret } = idnow;
test.each([
  ['no value', undefined, apiSecret, 'empty'],
  ['an empty text', '', apiSecret, 'empty'],
  ['null', 'null', apiSecret, 'empty'],
  ['empty lists', '{"accounts":[]}', apiSecret, 'empty'],
  ['the first value of earlier versions', '{"accounts":[],"placeholder":"x"}', apiSecret, 'empty'],
  ['no member of its shape', '{}', apiSecret, 'empty'],
  ['an entry without its key', '{"accounts":[{"companyId":"a"}]}', apiSecret, 'malformed'],
  [
    'one bad entry beside a good one',
    '{"basicAuth":[{"username":"a","password":"b"},{}]}',
    webhookSecret,
    'malformed',
  ],
  [
    'a user name with a colon',
    '{"basicAuth":[{"username":"a:b","password":"c"}]}',
    webhookSecret,
    'malformed',
  ],
  ['a list instead of an object', '[]', apiSecret, 'malformed'],
  [
    'two entries',
    '{"accounts":[{"companyId":"a","apiKey":"b"},{"companyId":"c","apiKey":"d"}]}',
    apiSecret,
    'complete',
  ],
  [
    'a header and URL secrets',
    '{"callbackHeader":{"name":"x-a","values":["b"]},"urlSecrets":["c"]}',
    id360.webhookSecret,
    'complete',
  ],
  ['an account without a password', '{"username":"a","password":""}', id360.apiSecret, 'malformed'],
  ['an empty URL secret', '{"urlSecrets":["a",""]}', datakeen.webhookSecret, 'malformed'],
] as const)('a secret with %s is reported correctly', (_title, text, description, kind) => {
  expect(checkSecret(text, description)).toMatchObject({ kind });
});
