import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

/**
 * Creates a secret that an operator fills in after the first deployment. Until then, its values are empty: all webhooks
 * are refused, and nothing is fetched.
 *
 * @param name the last part of the secret's name, which is `{stack}/{name}`
 * @param empty the JSON with empty values, in the shape that the function expects
 */
export function createProviderSecret(
  scope: Construct,
  name: string,
  description: string,
  empty: object,
): Secret {
  return new Secret(scope, name, {
    secretName: `${Stack.of(scope).stackName}/${name}`,
    description,
    removalPolicy: RemovalPolicy.RETAIN,
    generateSecretString: { secretStringTemplate: JSON.stringify(empty), generateStringKey: 'placeholder' },
  });
}
