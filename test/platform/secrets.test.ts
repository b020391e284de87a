import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCachedSecret } from '../../shared/platform/secrets.ts';
import { createIdnowWebhookAdapter } from '../../shared/providers/idnow/webhook.ts';
import { authenticateRequest } from '../../shared/receiving/authenticate.ts';
import { compileProviderGuard } from '../../shared/receiving/guards/compile-guard.ts';
import { basic, request } from '../support/requests.ts';

const manager = mockClient(SecretsManagerClient);
afterAll(() => manager.restore());
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

/** Creates a secret that was read at second 0, and the clock that it uses. */
async function started(text: string) {
  holds(text);
  const clock = { seconds: 0 };
  const secret = createCachedSecret(new SecretsManagerClient({}), 'the-id', () => clock.seconds * 1000);
  await secret.current();
  return { secret, clock };
}

describe('the current value of a secret', () => {
  test('a secret is read once, when the function starts', async () => {
    // Prepare
    holds('"a"');
    // Act
    const secret = createCachedSecret(new SecretsManagerClient({}), 'the-id', () => 0);
    const readAtInit = reads();
    const values = await Promise.all([secret.current(), secret.current()]);
    // Assess
    expect(readAtInit).toBe(1);
    expect([values, await secret.current(), reads()]).toEqual([['a', 'a'], 'a', 1]);
    expect(manager.commandCalls(GetSecretValueCommand)[0]?.args[0].input).toEqual({ SecretId: 'the-id' });
  });

  test('a secret is cached for 5 minutes, and then read again', async () => {
    const { secret, clock } = await started('"old"');
    holds('"new"');
    clock.seconds = 299.999;
    expect([await secret.current(), reads()]).toEqual(['old', 1]);
    clock.seconds = 300;
    expect([await secret.current(), reads()]).toEqual(['new', 2]);
    expect([await secret.current(), reads()]).toEqual(['new', 2]);
  });

  test('a cached secret stays valid while Secrets Manager fails, and is read at most twice per minute', async () => {
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

  test('each request reads the secret if the read at the start of the function failed', async () => {
    // Prepare
    fails();
    const secret = createCachedSecret(new SecretsManagerClient({}), 'the-id', () => 0);
    // Act and assess
    await expect(secret.current()).rejects.toThrow('not today');
    holds('"a"');
    expect(await secret.current()).toBe('a');
  });

  test.each<[string, string | undefined]>([
    ['missing', undefined],
    ['empty', ''],
    ['not JSON', 'a-password-as-it-is'],
  ])('a cached secret is null if the stored secret is %s', async (_what, text) => {
    holds(text);
    const secret = createCachedSecret(new SecretsManagerClient({}), 'the-id', () => 0);
    expect(await secret.current()).toBeNull();
  });
});

describe('a refreshed secret', () => {
  test('a secret is refreshed at most once in 30 seconds, and the read when the function starts counts too', async () => {
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

  test('a secret has its new value for the next request after a refresh', async () => {
    const { secret, clock } = await started('"old"');
    holds('"new"');
    clock.seconds = 30;
    await secret.refreshed();
    expect(await secret.current()).toBe('new');
  });

  test('a failed refresh keeps the old value and is not repeated within 30 seconds', async () => {
    const { secret, clock } = await started('"old"');
    fails();
    clock.seconds = 40;
    expect([await secret.refreshed(), await secret.current()]).toEqual([undefined, 'old']);
    clock.seconds = 69;
    expect([await secret.refreshed(), reads()]).toEqual([undefined, 2]);
  });
});

describe('authenticate during a rotation', () => {
  const guard = compileProviderGuard(
    createIdnowWebhookAdapter({ IDNOW_SOURCE_IPS: '["127.0.0.1"]', IDNOW_ARCHIVE_ENDED: 'false' }),
  );
  const passwords = (...list: string[]) =>
    JSON.stringify({ basicAuth: list.map((password) => ({ username: 'u', password })) });
  const credential = (password: string) => request({ headers: basic(`u:${password}`) });

  test('a new credential is accepted at once if the last read is more than 30 seconds old', async () => {
    // Prepare
    const { secret, clock } = await started(passwords('old'));
    holds(passwords('old', 'new'));
    const status = async (password: string) =>
      (await authenticateRequest(guard, secret, credential(password)))?.status ?? 'accepted';
    // Act and assess
    clock.seconds = 10;
    expect([await status('new'), await status('old')]).toEqual([401, 'accepted']);
    clock.seconds = 31;
    expect([await status('new'), await status('old'), await status('wrong')]).toEqual([
      'accepted',
      'accepted',
      401,
    ]);
    expect(reads()).toBe(2);
  });

  test('a secret without a value refuses every request with 401, and is read again after 30 seconds', async () => {
    // Prepare
    const noValue = new ResourceNotFoundException({ message: 'no AWSCURRENT', $metadata: {} });
    manager.on(GetSecretValueCommand).rejects(noValue);
    const clock = { seconds: 0 };
    const secret = createCachedSecret(new SecretsManagerClient({}), 'the-id', () => clock.seconds * 1000);
    const refusal = () => authenticateRequest(guard, secret, credential('new'));
    // Act and assess
    expect(await refusal()).toEqual({ status: 401, reason: 'no-secret-configured' });
    holds(passwords('new'));
    clock.seconds = 31;
    expect(await refusal()).toBeNull();
  });

  test('an old credential is refused at most 5 minutes after its removal', async () => {
    const { secret, clock } = await started(passwords('old', 'new'));
    holds(passwords('new'));
    clock.seconds = 300;
    expect((await authenticateRequest(guard, secret, credential('old')))?.status).toBe(401);
  });

  test('a request from an address that is not configured does not refresh the secret', async () => {
    const { secret, clock } = await started(passwords('old'));
    clock.seconds = 60;
    const foreign = request({ headers: basic('u:new'), sourceIp: '127.0.0.2' });
    expect((await authenticateRequest(guard, secret, foreign))?.status).toBe(403);
    expect(reads()).toBe(1);
  });
});
