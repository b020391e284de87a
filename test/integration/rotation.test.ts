import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

let sut: SystemUnderTest;
beforeAll(async () => {
  sut = await startSystemUnderTest({ idnow: { basicAuth: [] } });
});
afterAll(() => sut.stop());

const time = new Date('2026-11-22T10:00:00Z');
const body = makeIdent({ state: 'START', companyId: 'democompany', transactionNumber: 'TXN-rotated', time });

async function statusWith(credential: string): Promise<number> {
  const authorization = `Basic ${Buffer.from(credential).toString('base64')}`;
  return (await sut.post(body, { headers: { authorization } })).status;
}

/** Puts a value where an operator puts it, and starts new instances: those have no 30 seconds to wait for. */
async function rotate(value: string): Promise<void> {
  const { endpoints, region, credentials, functions } = sut.system.stack;
  const secrets = new SecretsManagerClient({ endpoint: endpoints.secretsmanager, region, credentials });
  await secrets.send(
    new PutSecretValueCommand({ SecretId: 'idv-webhooks-local/idnow/webhook', SecretString: value }),
  );
  secrets.destroy();
  await functions['idv-webhooks-local-receive-idnow']?.crash();
}

test('without a credential nobody gets in, and with each rotation only who has one that is active', async () => {
  const everyone = () => Promise.all(['idnow:a-test-password', 'u:old', 'u:new', ':', ''].map(statusWith));

  // No credential is configured: fails closed.
  expect(await everyone()).toEqual([401, 401, 401, 401, 401]);

  await rotate('{"basicAuth":[{"username":"u","password":"old"}]}');
  expect(await everyone()).toEqual([401, 200, 401, 401, 401]);

  // Both are active while the sender changes over.
  await rotate('{"basicAuth":[{"username":"u","password":"new"},{"username":"u","password":"old"}]}');
  expect(await everyone()).toEqual([401, 200, 200, 401, 401]);

  await rotate('{"basicAuth":[{"username":"u","password":"new"}]}');
  expect(await everyone()).toEqual([401, 401, 200, 401, 401]);
});

test('a secret that is not JSON lets nobody in, and is not quoted', async () => {
  await rotate('canary-password-as-it-is');
  expect(await statusWith('u:new')).toBe(401);
  expect(await statusWith('canary-password-as-it-is')).toBe(401);
  expect(sut.logs.join('\n')).not.toContain('canary');
});
