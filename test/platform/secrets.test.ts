import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { awsSecret } from '../../shared/platform/secrets.ts';
import { idnowWebhook } from '../../shared/providers/idnow/webhook.ts';
import { authenticate } from '../../shared/receiving/authenticate.ts';
import { guardOf } from '../../shared/receiving/guards/guard-of.ts';
import { basic, request } from '../support/requests.ts';

const manager = mockClient(SecretsManagerClient);
beforeEach(() => {
  manager.reset();
});
afterEach(() => {
  manager.reset();
});
afterAll(() => manager.restore());

const holds = (text: string | undefined) =>
  manager.on(GetSecretValueCommand).resolves(text === undefined ? {} : { SecretString: text });
const fails = () => manager.on(GetSecretValueCommand).rejects(new Error('not today'));
const reads = () => manager.commandCalls(GetSecretValueCommand).length;

/** A secret of the first instance of a function, and its clock. */
async function started(text: string) {
  holds(text);
  const clock = { seconds: 0 };
  const secret = awsSecret(new SecretsManagerClient({}), 'the-id', () => clock.seconds * 1000);
  await secret.current();
  return { secret, clock };
}

describe('the value of a secret', () => {
  test('is read once, at init', async () => {
    // Prepare
    holds('"a"');
    // Act
    const secret = awsSecret(new SecretsManagerClient({}), 'the-id', () => 0);
    const readAtInit = reads();
    const values = await Promise.all([secret.current(), secret.current()]);
    // Assess
    expect(readAtInit).toBe(1);
    expect([values, await secret.current(), reads()]).toEqual([['a', 'a'], 'a', 1]);
    expect(manager.commandCalls(GetSecretValueCommand)[0]?.args[0].input).toEqual({ SecretId: 'the-id' });
  });

  test('is kept for 5 minutes, and then read again', async () => {
    const { secret, clock } = await started('"old"');
    holds('"new"');
    clock.seconds = 299.999;
    expect([await secret.current(), reads()]).toEqual(['old', 1]);
    clock.seconds = 300;
    expect([await secret.current(), reads()]).toEqual(['new', 2]);
    expect([await secret.current(), reads()]).toEqual(['new', 2]);
  });

  test('is kept while Secrets Manager fails, which is asked twice a minute at most', async () => {
    const { secret, clock } = await started('"old"');
    fails();
    clock.seconds = 300;
    expect([await secret.current(), await secret.current(), reads()]).toEqual(['old', 'old', 2]);
    clock.seconds = 329;
    expect([await secret.current(), reads()]).toEqual(['old', 2]);
    holds('"new"');
    clock.seconds = 330;
    expect([await secret.current(), reads()]).toEqual(['new', 3]);
  });

  test('is asked for by each request where init could not read it', async () => {
    // Prepare
    fails();
    const secret = awsSecret(new SecretsManagerClient({}), 'the-id', () => 0);
    // Act and assess
    await expect(secret.current()).rejects.toThrow('not today');
    holds('"a"');
    expect(await secret.current()).toBe('a');
  });

  test.each<[string, string | undefined]>([
    ['missing', undefined],
    ['empty', ''],
    ['not JSON', 'a-password-as-it-is'],
  ])('that is %s is null, and never quoted', async (_what, text) => {
    holds(text);
    const secret = awsSecret(new SecretsManagerClient({}), 'the-id', () => 0);
    expect(await secret.current()).toBeNull();
  });
});

describe('reading a secret again, for a credential that did not match', () => {
  test('happens at most once in 30 seconds, init included', async () => {
    const { secret, clock } = await started('"old"');
    holds('"new"');
    clock.seconds = 29.999;
    expect([await secret.refreshed(), reads()]).toEqual([undefined, 1]);
    clock.seconds = 30;
    expect([await secret.refreshed(), reads()]).toEqual(['new', 2]);
    clock.seconds = 59;
    expect([await secret.refreshed(), reads()]).toEqual([undefined, 2]);
    clock.seconds = 60;
    expect([await secret.refreshed(), reads()]).toEqual(['new', 3]);
  });

  test('gives the next request the new value', async () => {
    const { secret, clock } = await started('"old"');
    holds('"new"');
    clock.seconds = 30;
    await secret.refreshed();
    expect(await secret.current()).toBe('new');
  });

  test('that fails says nothing, keeps the old value and is not repeated at once', async () => {
    const { secret, clock } = await started('"old"');
    fails();
    clock.seconds = 40;
    expect([await secret.refreshed(), await secret.current()]).toEqual([undefined, 'old']);
    clock.seconds = 69;
    expect([await secret.refreshed(), reads()]).toEqual([undefined, 2]);
  });
});

describe('a rotation', () => {
  const guard = guardOf(idnowWebhook({ IDNOW_SOURCE_IPS: '["127.0.0.1"]', IDNOW_ARCHIVE_ENDED: 'false' }));
  const passwords = (...list: string[]) =>
    JSON.stringify({ basicAuth: list.map((password) => ({ username: 'u', password })) });
  const credential = (password: string) => request({ headers: basic(`u:${password}`) });

  test('lets in the new credential at once, half a minute after the last look', async () => {
    // Prepare
    const { secret, clock } = await started(passwords('old'));
    holds(passwords('old', 'new'));
    const status = async (password: string) =>
      (await authenticate(guard, secret, credential(password)))?.status ?? 'in';
    // Act and assess
    clock.seconds = 10;
    expect([await status('new'), await status('old')]).toEqual([401, 'in']);
    clock.seconds = 31;
    expect([await status('new'), await status('old'), await status('wrong')]).toEqual(['in', 'in', 401]);
    expect(reads()).toBe(2);
  });

  test('ends for the old credential within 5 minutes', async () => {
    const { secret, clock } = await started(passwords('old', 'new'));
    holds(passwords('new'));
    clock.seconds = 300;
    expect((await authenticate(guard, secret, credential('old')))?.status).toBe(401);
  });

  test('is not looked for on behalf of a foreign address', async () => {
    const { secret, clock } = await started(passwords('old'));
    clock.seconds = 60;
    const foreign = request({ headers: basic('u:new'), sourceIp: '127.0.0.2' });
    expect((await authenticate(guard, secret, foreign))?.status).toBe(403);
    expect(reads()).toBe(1);
  });
});
