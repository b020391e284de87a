import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';

type KeyAction = 'kms:Decrypt' | 'kms:GenerateDataKey';
type Service = 'dynamodb' | 's3' | 'secretsmanager' | 'sqs';

/**
 * Allows a function to use the key of a resource, but only through the AWS service of this resource. With the key alone,
 * a function can decrypt nothing: it also needs the right to read the item, the message, the object or the secret.
 */
export function grantKeyUse(
  fn: IFunction,
  key: IKey | undefined,
  service: Service,
  actions: readonly KeyAction[],
): void {
  if (key === undefined || actions.length === 0) return;
  const via = `${service}.${Stack.of(fn).region}.${Aws.URL_SUFFIX}`;
  fn.addToRolePolicy(
    new PolicyStatement({
      actions: [...actions],
      resources: [key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': via } },
    }),
  );
}
