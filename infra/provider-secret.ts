import { Stack } from 'aws-cdk-lib';
import { CfnSecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { ProviderName } from '../shared/contract/provider-name.ts';
import { keepSecret } from './keep-data.ts';
import { buildSecretName, type SecretKind } from './secret-name.ts';
import type { Stage } from './stage.ts';

/**
 * Creates a secret without a value, which an operator fills in after the first deployment. Until then, all webhooks are
 * refused, and nothing is fetched. The template says nothing about the value, so no later deployment can write one over
 * the live credentials: CloudFormation generates a value again if a word of `GenerateSecretString` changes.
 *
 * @param kind `webhook` for what the provider presents to us, `api` for what we present to the provider
 */
export function createProviderSecret(
  scope: Construct,
  provider: ProviderName,
  kind: SecretKind,
  description: string,
  stage: Pick<Stage, 'deleteDataWithStack'>,
): Secret {
  // The construct's id determines the id in the template: another id would replace the secret.
  const secret = new Secret(scope, `${provider}/${kind}`, {
    secretName: buildSecretName(Stack.of(scope).stackName, provider, kind),
    description,
    removalPolicy: keepSecret(stage),
  });
  const { defaultChild } = secret.node;
  if (!(defaultChild instanceof CfnSecret)) throw new Error('the secret has no CloudFormation resource');
  defaultChild.generateSecretString = undefined;
  return secret;
}
