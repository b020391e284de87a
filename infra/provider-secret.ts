import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

/**
 * A secret that people fill in after the first deployment. Until then it configures nothing: nobody gets in,
 * and nothing is fetched.
 *
 * @param name what people find it by: `{stack}/{name}`
 * @param empty the JSON that says "nothing", in the shape that the function expects
 */
export function providerSecret(scope: Construct, name: string, description: string, empty: object): Secret {
  return new Secret(scope, name, {
    secretName: `${Stack.of(scope).stackName}/${name}`,
    description,
    removalPolicy: RemovalPolicy.RETAIN,
    generateSecretString: { secretStringTemplate: JSON.stringify(empty), generateStringKey: 'placeholder' },
  });
}
