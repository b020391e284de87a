import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { ProviderName } from '../shared/contract/provider-name.ts';
import { acknowledgeFindings } from './acknowledge.ts';
import { keepSecret } from './keep-data.ts';
import { grantKeyUse } from './key-access.ts';
import { buildSecretName, type SecretKind } from './secret-name.ts';
import type { Stage } from './stage.ts';

interface ProviderSecretProps {
  readonly description: string;
  readonly stage: Pick<Stage, 'deleteDataWithStack'>;
  readonly key: IKey;
}

/**
 * Creates a secret without a value, which an operator fills in after the first deployment. Until then, all webhooks are
 * refused, and nothing is fetched. The template says nothing about the value, so no later deployment can write one over
 * the live credentials. With `GenerateSecretString`, CloudFormation would generate a new value after each change of it.
 *
 * @param kind `webhook` for what the provider presents to us, `api` for what we present to the provider
 */
export function createProviderSecret(
  scope: Construct,
  provider: ProviderName,
  kind: SecretKind,
  { description, stage, key }: ProviderSecretProps,
): Secret {
  // The construct's id determines the id in the template: another id would replace the secret.
  const id = `${provider}/${kind}`;
  const secret = new Secret(scope, id, {
    secretName: buildSecretName(Stack.of(scope).stackName, provider, kind),
    description,
    // For the key itself, CDK would add a statement to its policy that lets Secrets Manager create grants. It needs none.
    encryptionKey: Key.fromKeyArn(scope, `${id}/key`, key.keyArn),
    removalPolicy: keepSecret(stage),
  });
  const { defaultChild } = secret.node;
  if (!(defaultChild instanceof CfnSecret)) throw new Error('the secret has no CloudFormation resource');
  defaultChild.generateSecretString = undefined;
  acknowledgeFindings(
    secret,
    'The provider sets these credentials. An operator enters and rotates them without a gap, because a secret holds several of them.',
    'AwsSolutions-SMG4',
    'NIST.800.53.R5-SecretsManagerRotationEnabled',
  );
  return secret;
}

/** Allows a function to read the value of a secret. CDK's `grantRead` would also allow to read its description. */
export function grantSecretReading(fn: IFunction, secret: Secret): void {
  const actions = ['secretsmanager:GetSecretValue'];
  fn.addToRolePolicy(new PolicyStatement({ actions, resources: [secret.secretArn] }));
  grantKeyUse(fn, secret.encryptionKey, 'secretsmanager', ['kms:Decrypt']);
}
