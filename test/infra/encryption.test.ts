import { describe, expect, test } from 'vitest';
import { synthesizeForTest } from './synthesized.ts';

const { template } = synthesizeForTest();
const [key = ''] = Object.keys(template.findResources('AWS::KMS::Key'));
const keyArn = { 'Fn::GetAtt': [key, 'Arn'] };
const propertiesOf = (type: string) =>
  Object.values(template.findResources(type)).map(({ Properties: properties }) => properties);

describe('the key of the stack', () => {
  test('the stack has one key, which rotates and is retained with the data', () => {
    template.resourceCountIs('AWS::KMS::Key', 1);
    template.hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { EnableKeyRotation: true },
    });
  });

  test('the key encrypts all secrets and all log groups', () => {
    expect(propertiesOf('AWS::SecretsManager::Secret').map(({ KmsKeyId: id }) => id)).toEqual(
      Array.from({ length: 6 }, () => keyArn),
    );
    expect(propertiesOf('AWS::Logs::LogGroup').map(({ KmsKeyId: id }) => id)).toEqual(
      Array.from({ length: 13 }, () => keyArn),
    );
  });

  test('apart from the account, only log groups and alarms of this account may use the key', () => {
    const [{ KeyPolicy: policy } = { KeyPolicy: { Statement: [] } }] = propertiesOf('AWS::KMS::Key');
    const others = policy.Statement.filter(
      ({ Principal: principal }: { Principal: unknown }) => !JSON.stringify(principal).includes(':root'),
    );
    expect(others).toMatchObject([
      {
        Principal: {
          Service: { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]] },
        },
        Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': expect.anything() } },
      },
      {
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ]);
  });

  test('a function may only decrypt and make data keys, and only through the service that stores the data', () => {
    const statements = propertiesOf('AWS::IAM::Policy')
      .flatMap(({ PolicyDocument: document }) => document.Statement)
      .filter(({ Action: action }) => [action].flat().some((each: string) => each.startsWith('kms:')));
    const actions = statements.flatMap(({ Action: action }) => action);
    expect(new Set(actions)).toEqual(new Set(['kms:Decrypt', 'kms:GenerateDataKey']));
    for (const { Resource: resource, Condition: condition } of statements) {
      expect(resource).toEqual(keyArn);
      expect(condition).toEqual({ StringEquals: { 'kms:ViaService': expect.anything() } });
    }
  });
});

test('queues and buckets refuse requests without TLS', () => {
  const denyWithoutTls = { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
  const policies = [...propertiesOf('AWS::SQS::QueuePolicy'), ...propertiesOf('AWS::S3::BucketPolicy')];
  expect(policies).toHaveLength(8 + 2);
  for (const { PolicyDocument: document } of policies)
    expect(document.Statement).toContainEqual(expect.objectContaining(denyWithoutTls));
});

test('the template names no partition and no host suffix, so it can be deployed to each partition of AWS', () => {
  const { Resources: resources } = template.toJSON();
  const withoutPolicies = JSON.stringify(resources);
  expect(withoutPolicies.match(/"arn:aws[a-z-]*:/g) ?? []).toEqual([]);
  // The names of service principals end with `amazonaws.com` in each partition.
  const hosts = withoutPolicies.match(/[a-z0-9.-]+\.amazonaws\.[a-z.]+/g) ?? [];
  expect(new Set(hosts)).toEqual(
    new Set([
      'apigateway.amazonaws.com',
      'cloudwatch.amazonaws.com',
      'dynamodb.amazonaws.com',
      'events.amazonaws.com',
      'lambda.amazonaws.com',
      'logging.s3.amazonaws.com',
    ]),
  );
});
