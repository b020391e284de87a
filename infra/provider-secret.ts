import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledgeFindings } from './acknowledge.ts';
import { grantKeyUse } from './key-access.ts';

interface ProviderSecretProps {
  readonly description: string;
  /** The JSON with empty values, in the shape that the function expects. */
  readonly empty: object;
  readonly key: IKey;
}

/**
 * Creates a secret that an operator fills in after the first deployment. Until then, its values are empty: all webhooks
 * are refused, and nothing is fetched.
 *
 * @param name the last part of the secret's name, which is `{stack}/{name}`
 */
export function createProviderSecret(scope: Construct, name: string, props: ProviderSecretProps): Secret {
  const { description, empty, key } = props;
  const secret = new Secret(scope, name, {
    secretName: `${Stack.of(scope).stackName}/${name}`,
    description,
    // For the key itself, CDK would add a statement to its policy that lets Secrets Manager create grants. It needs none.
    encryptionKey: Key.fromKeyArn(scope, `${name}/key`, key.keyArn),
    removalPolicy: RemovalPolicy.RETAIN,
    generateSecretString: { secretStringTemplate: JSON.stringify(empty), generateStringKey: 'placeholder' },
  });
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
