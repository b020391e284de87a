import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { acknowledgeFindings } from './acknowledge.ts';
import { keepKey } from './keep-data.ts';
import type { Stage } from './stage.ts';

/**
 * Creates the key that encrypts everything that the system stores: tables, queues, evidence, secrets and logs. AWS KMS
 * replaces its key material every year. The key is kept if the data is kept, because the data is lost without the key.
 */
export function createEncryptionKey(scope: Construct, dataOfStage: Pick<Stage, 'deleteDataWithStack'>): Key {
  const stack = Stack.of(scope);
  const key = new Key(scope, 'Key', {
    description: `Encrypts the data of ${stack.stackName}`,
    alias: stack.stackName,
    enableKeyRotation: true,
    removalPolicy: keepKey(dataOfStage),
  });
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'LogGroupsOfThisAccount',
      principals: [new ServicePrincipal(`logs.${stack.region}.${Aws.URL_SUFFIX}`)],
      actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      resources: ['*'],
      // Without this condition, log groups of other accounts could use the key.
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': stack.formatArn({
            service: 'logs',
            resource: 'log-group:*',
          }),
        },
      },
    }),
  );
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AlarmsOfThisAccount',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      // Without this condition, alarms of other accounts could use the key.
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
  );
  acknowledgeFindings(
    key,
    'The account itself may manage the key, as AWS recommends, so that the key cannot become unmanageable. No role of the stack may create grants.',
    'CT.KMS.PR.3',
  );
  return key;
}
