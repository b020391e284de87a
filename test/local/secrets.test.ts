import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { expect, it, onTestFinished } from 'vitest';
import type { LocalStack } from '../../local/stack/local-stack.ts';
import type { Fixture } from './fixture-assembly.ts';
import { runFixture } from './run-fixture.ts';
import { sendRequest } from './send-request.ts';

const generated = { SecretStringTemplate: '{"user":"u"}', GenerateStringKey: 'password', PasswordLength: 20 };
const fixture: Fixture = {
  resources: {
    Given: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: { Name: 'idv/given', GenerateSecretString: {} },
    },
    Generated: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: { Name: 'idv/generated', GenerateSecretString: generated },
    },
    Empty: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'idv/empty' } },
  },
  outputs: { given: { Value: { Ref: 'Given' } } },
};

function client({ endpoints, region, credentials }: LocalStack): SecretsManagerClient {
  const secretsManager = new SecretsManagerClient({
    endpoint: endpoints.secretsmanager,
    region,
    credentials,
  });
  onTestFinished(() => secretsManager.destroy());
  return secretsManager;
}

it('the secrets emulator refuses a request whose Host header does not name this machine', async () => {
  const { stack } = await runFixture(fixture, { secrets: { 'idv/given': { a: 1 } } });

  const answer = await sendRequest(
    stack.endpoints.secretsmanager,
    {
      method: 'POST',
      headers: { Host: 'evil.example', 'X-Amz-Target': 'secretsmanager.GetSecretValue' },
    },
    JSON.stringify({ SecretId: 'idv/given' }),
  );

  expect([answer.status, answer.body.toString()]).toEqual([403, expect.not.stringContaining('SecretString')]);
});

it('the secrets emulator returns a secret by its name and by its ARN', async () => {
  const { stack } = await runFixture(fixture, { secrets: { 'idv/given': { a: 1 } } });
  const secretsManager = client(stack);

  for (const SecretId of ['idv/given', stack.outputs.given]) {
    const secret = await secretsManager.send(new GetSecretValueCommand({ SecretId }));

    expect(secret).toMatchObject({
      ARN: expect.stringMatching(/^arn:aws:secretsmanager:eu-west-1:000000000000:secret:idv\/given-\w{6}$/),
      Name: 'idv/given',
      SecretString: '{"a":1}',
      VersionStages: ['AWSCURRENT'],
      CreatedDate: expect.any(Date),
    });
  }
});

it('the secrets emulator generates a secret from the GenerateSecretString of the template', async () => {
  const { stack } = await runFixture(fixture);

  const { SecretString } = await client(stack).send(new GetSecretValueCommand({ SecretId: 'idv/generated' }));

  expect(JSON.parse(SecretString ?? '')).toEqual({ user: 'u', password: expect.stringMatching(/^.{20}$/) });
});

it('the secrets emulator returns the new value after a rotation', async () => {
  const { stack } = await runFixture(fixture);
  const secretsManager = client(stack);

  await secretsManager.send(new PutSecretValueCommand({ SecretId: 'idv/given', SecretString: 'new' }));

  const { SecretString } = await secretsManager.send(new GetSecretValueCommand({ SecretId: 'idv/given' }));
  expect(SecretString).toBe('new');
});

it.each(['idv/unknown', 'idv/empty'])(
  'the secrets emulator reports an unknown or empty secret as not found: %s',
  async (SecretId) => {
    const { stack } = await runFixture(fixture);

    await expect(client(stack).send(new GetSecretValueCommand({ SecretId }))).rejects.toThrow(
      ResourceNotFoundException,
    );
  },
);

it('the local stack refuses a value for a secret that is not in the template', async () => {
  await expect(runFixture(fixture, { secrets: { 'idv/gvien': 'x' } })).rejects.toThrow(
    /idv\/gvien in the template; it has: idv\/given/,
  );
});
