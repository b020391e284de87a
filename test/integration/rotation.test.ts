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

/** Stores a secret as an operator does, and starts new instances: running instances cache the old secret for 30 s. */
async function rotate(value: string): Promise<void> {
  const { endpoints, region, credentials, functions } = sut.system.stack;
  const secrets = new SecretsManagerClient({ endpoint: endpoints.secretsmanager, region, credentials });
  await secrets.send(
    new PutSecretValueCommand({ SecretId: 'idv-webhooks-local/idnow/webhook', SecretString: value }),
  );
  secrets.destroy();
  await functions['idv-webhooks-local-receive-idnow']?.crash();
}

test('only active credentials are accepted during a rotation, and no credential is accepted without configuration', async () => {
  const allStatuses = () => Promise.all(['idnow:a-test-password', 'u:old', 'u:new', ':', ''].map(statusWith));

  // No credential is configured at first, so every request is refused.
  expect(await allStatuses()).toEqual([401, 401, 401, 401, 401]);

  await rotate('{"basicAuth":[{"username":"u","password":"old"}]}');
  expect(await allStatuses()).toEqual([401, 200, 401, 401, 401]);

  // Both credentials are active while the sender changes to the new credential.
  await rotate('{"basicAuth":[{"username":"u","password":"new"},{"username":"u","password":"old"}]}');
  expect(await allStatuses()).toEqual([401, 200, 200, 401, 401]);

  await rotate('{"basicAuth":[{"username":"u","password":"new"}]}');
  expect(await allStatuses()).toEqual([401, 401, 200, 401, 401]);
});

test('every request is answered 401 if the secret is not JSON, and the secret is not logged', async () => {
  await rotate('canary-password-as-it-is');
  expect(await statusWith('u:new')).toBe(401);
  expect(await statusWith('canary-password-as-it-is')).toBe(401);
  expect(sut.logs.join('\n')).not.toContain('canary');
});
