import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import type { StageInput } from '../../infra/stage.ts';
import { maxSqsMessageBytes } from '../../shared/platform/sqs-size.ts';
import { providerNames } from '../support/provider-names.ts';
import { evidenceBucketId, liveStage, synthesizeForTest, testStage } from './synthesized.ts';

const { template } = synthesizeForTest();

/** Returns the logical id of the only resource in the template that has this type and these properties. */
function idOf(type: string, properties: object): string {
  const ids = Object.keys(template.findResources(type, { Properties: properties }));
  expect(ids, `${type} ${JSON.stringify(properties)}`).toHaveLength(1);
  return ids[0] ?? '';
}

const verificationsTableId = () =>
  idOf('AWS::DynamoDB::GlobalTable', {
    KeySchema: [{ AttributeName: 'verificationId', KeyType: 'HASH' }],
  });
const queueId = (name: string) => idOf('AWS::SQS::Queue', { QueueName: `idv-webhooks-live-${name}` });
const functionId = (name: string) =>
  idOf('AWS::Lambda::Function', { FunctionName: `idv-webhooks-live-${name}` });
const environmentOf = (name: string) =>
  template.findResources('AWS::Lambda::Function')[functionId(name)]?.Properties.Environment.Variables;
const keyId = () => idOf('AWS::KMS::Key', {});
const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

describe('Lambda functions', () => {
  test.each([
    { name: 'receive-idnow', seconds: 20, memory: 1024 },
    { name: 'receive-id360', seconds: 20, memory: 1024 },
    { name: 'keep-id360-session', seconds: 60, memory: 256 },
    { name: 'receive-datakeen', seconds: 20, memory: 1024 },
    { name: 'relay-events', seconds: 60, memory: 512 },
    { name: 'delete-expired-cases', seconds: 300, memory: 256 },
    { name: 'count-open-quarantine', seconds: 60, memory: 256 },
    { name: 'fetch-idnow-evidence', seconds: 600, memory: 512 },
    { name: 'fetch-id360-evidence', seconds: 600, memory: 512 },
    { name: 'fetch-datakeen-evidence', seconds: 600, memory: 512 },
  ])(
    'the function $name runs on Node.js 24 and arm64, with a time-out of $seconds s',
    ({ name, seconds, memory }) => {
      template.hasResourceProperties('AWS::Lambda::Function', {
        FunctionName: `idv-webhooks-live-${name}`,
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        Timeout: seconds,
        MemorySize: memory,
        LoggingConfig: { LogGroup: Match.anyValue() },
      });
    },
  );

  test('the stack has our thirteen Lambda functions, and no function that the CDK adds', () => {
    template.resourceCountIs('AWS::Lambda::Function', 13);
    expect(Object.keys(template.findResources('Custom::LogRetention'))).toEqual([]);
  });

  test.each([
    { retentionDays: 1827, logDays: 365 },
    { retentionDays: 365, logDays: 365 },
    { retentionDays: 364, logDays: 180 },
    { retentionDays: 30, logDays: 30 },
  ])(
    'logs name cases, so a stage that keeps cases for $retentionDays days keeps logs for $logDays days',
    ({ retentionDays, logDays }) => {
      const stage = synthesizeForTest({ ...liveStage, retentionDays }).template;
      stage.resourceCountIs('AWS::Logs::LogGroup', 14);
      stage.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: logDays });
    },
  );

  test.each(['receive-idnow', 'receive-id360', 'receive-datakeen'])(
    "the function %s times out before API Gateway's limit of 29 s",
    (name) => {
      const [receiver] = Object.values(
        template.findResources('AWS::Lambda::Function', {
          Properties: { FunctionName: `idv-webhooks-live-${name}` },
        }),
      );
      expect(receiver?.Properties.Timeout).toBeLessThan(29);
    },
  );

  test("a schedule runs ID360's session keeper every 13 minutes", () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(13 minutes)',
      State: 'ENABLED',
      Targets: [{ Arn: arnOf(functionId('keep-id360-session')) }],
    });
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      FunctionName: arnOf(functionId('keep-id360-session')),
      Principal: 'events.amazonaws.com',
    });
  });

  test.each(providerNames)('a schedule requests the lookups of %s every five minutes', (provider) => {
    const name = `request-${provider}-lookups`;
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(5 minutes)',
      State: 'ENABLED',
      Targets: [{ Arn: arnOf(functionId(name)) }],
    });
    expect(environmentOf(name)).toMatchObject({ LOOKUPS_PER_MINUTE: '60', SCHEDULE_MINUTES: '5' });
  });

  test('the functions of ID360 get the settings and secrets of ID360', () => {
    const apiSecret = { Ref: idOf('AWS::SecretsManager::Secret', { Name: 'idv-webhooks-live/id360/api' }) };
    const webhookSecret = {
      Ref: idOf('AWS::SecretsManager::Secret', { Name: 'idv-webhooks-live/id360/webhook' }),
    };
    const api = { ID360_API_URL: 'https://id360docaposte.com', ID360_API_SECRET_ID: apiSecret };
    expect(environmentOf('receive-id360')).toMatchObject({
      ID360_SOURCE_IPS: '["203.0.113.0/24"]',
      WEBHOOK_SECRET_ID: webhookSecret,
    });
    expect(environmentOf('keep-id360-session')).toEqual({
      ...api,
      SESSIONS_TABLE: expect.anything(),
      STAGE: 'live',
    });
    expect(environmentOf('fetch-id360-evidence')).toMatchObject({
      ...api,
      ID360_IDCLAIM_PATH: '',
      ID360_PDF_PATH: 'api/1.0.0/enrollment/{id}/pdf',
    });
  });
});

test('a fetcher gets no settings of other providers', () => {
  for (const own of providerNames)
    for (const other of providerNames.filter((each) => each !== own))
      expect(JSON.stringify(environmentOf(`fetch-${own}-evidence`))).not.toMatch(new RegExp(other, 'i'));
});

test('the environment of the relay contains the URL of each job queue', () => {
  const urls = JSON.stringify(environmentOf('relay-events').EVIDENCE_JOBS_QUEUE_URLS);
  for (const provider of providerNames) expect(urls).toContain(queueId(`evidence-jobs-${provider}`));
});

test('the functions of Datakeen get the settings and secrets of Datakeen', () => {
  const secret = (name: string) => ({
    Ref: idOf('AWS::SecretsManager::Secret', { Name: `idv-webhooks-live/datakeen/${name}` }),
  });
  expect(environmentOf('receive-datakeen')).toMatchObject({
    DATAKEEN_SOURCE_IPS: '["203.0.113.0/24"]',
    DATAKEEN_NEW_STATUS_FROM: '{"reference":"back-office"}',
    WEBHOOK_SECRET_ID: secret('webhook'),
  });
  expect(environmentOf('fetch-datakeen-evidence')).toMatchObject({
    DATAKEEN_API_URL: 'https://app-v3.datakeen.co',
    DATAKEEN_AUTHORIZATION_SCHEME: 'Bearer',
    DATAKEEN_API_SECRET_ID: secret('api'),
    DATAKEEN_NEW_STATUS_FROM: '{"reference":"back-office"}',
  });
});

describe('a stage with one provider', () => {
  const { idnow, id360, datakeen, ...neither } = testStage;
  /** Synthesizes a stage. Returns the names of its functions, queues and secrets, its path segments, and its whole text. */
  const partsOf = (stage: typeof testStage) => {
    const only = synthesizeForTest(stage).template;
    const resources = (type: string) =>
      Object.values(only.findResources(type)).map(({ Properties: properties }) => properties);
    return {
      // The handler of the custom resource that empties the bucket has no name.
      functions: resources('AWS::Lambda::Function')
        .flatMap(({ FunctionName: name }) => name ?? [])
        .map((name: string) => name.replace('idv-webhooks-test-', ''))
        .toSorted(),
      queues: resources('AWS::SQS::Queue')
        .map(({ QueueName: name }) => name.replace('idv-webhooks-test-', ''))
        .toSorted(),
      secrets: resources('AWS::SecretsManager::Secret').map(({ Name: name }) => name),
      paths: resources('AWS::ApiGateway::Resource').map(({ PathPart: part }) => part),
      rules: resources('AWS::Events::Rule').length,
      text: JSON.stringify(only.toJSON()),
    };
  };

  const queuesOf = (provider: string) => [
    `evidence-jobs-${provider}`,
    `evidence-jobs-${provider}-dlq`,
    'verification-events-dlq.fifo',
    'verification-events.fifo',
  ];

  test('a stage with only IDnow deploys nothing of other providers', () => {
    const parts = partsOf({ ...neither, idnow });
    expect(parts).toMatchObject({
      functions: [
        'count-open-quarantine',
        'delete-expired-cases',
        'fetch-idnow-evidence',
        'receive-idnow',
        'relay-events',
        'request-idnow-lookups',
      ],
      queues: queuesOf('idnow'),
      secrets: ['idv-webhooks-test/idnow/webhook', 'idv-webhooks-test/idnow/api'],
      paths: ['webhooks', 'idnow'],
      rules: 2,
    });
    expect(parts.text).not.toMatch(/id360|datakeen/i);
  });

  test('a stage with only Datakeen deploys nothing of other providers', () => {
    const parts = partsOf({ ...neither, datakeen });
    expect(parts).toMatchObject({
      functions: [
        'count-open-quarantine',
        'delete-expired-cases',
        'fetch-datakeen-evidence',
        'receive-datakeen',
        'relay-events',
        'request-datakeen-lookups',
      ],
      queues: queuesOf('datakeen'),
      secrets: ['idv-webhooks-test/datakeen/webhook', 'idv-webhooks-test/datakeen/api'],
      paths: ['webhooks', 'datakeen', '{reference}', '{signature}'],
      rules: 2,
    });
    expect(parts.text).not.toMatch(/id360|idnow/i);
  });

  test('a stage with only ID360 deploys nothing of other providers', () => {
    const parts = partsOf({ ...neither, id360 });
    expect(parts).toMatchObject({
      functions: [
        'count-open-quarantine',
        'delete-expired-cases',
        'fetch-id360-evidence',
        'keep-id360-session',
        'receive-id360',
        'relay-events',
        'request-id360-lookups',
      ],
      queues: queuesOf('id360'),
      secrets: ['idv-webhooks-test/id360/webhook', 'idv-webhooks-test/id360/api'],
      paths: ['webhooks', 'id360', '{reference}', '{signature}'],
      rules: 3,
    });
    expect(parts.text).not.toMatch(/idnow|datakeen/i);
  });
});

describe('queues', () => {
  test('the events queue and its dead-letter queue are FIFO queues that limit each verification, not the whole queue', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: 'idv-webhooks-live-verification-events.fifo',
      FifoQueue: true,
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
      VisibilityTimeout: 3 * 60,
      MessageRetentionPeriod: 14 * 24 * 3600,
      RedrivePolicy: {
        deadLetterTargetArn: arnOf(queueId('verification-events-dlq.fifo')),
        maxReceiveCount: 30,
      },
    });
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: 'idv-webhooks-live-verification-events-dlq.fifo',
      FifoQueue: true,
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
      MessageRetentionPeriod: 14 * 24 * 3600,
    });
  });

  test('no queue deduplicates messages by content, because SQS would drop the second of two equal events', () => {
    for (const { Properties: properties } of Object.values(template.findResources('AWS::SQS::Queue'))) {
      expect(properties).not.toHaveProperty('ContentBasedDeduplication');
    }
  });

  test.each(providerNames)(
    "the job queue of %s has a visibility timeout longer than the fetcher's time-out, and its own dead-letter queue",
    (provider) => {
      template.hasResourceProperties('AWS::SQS::Queue', {
        QueueName: `idv-webhooks-live-evidence-jobs-${provider}`,
        FifoQueue: Match.absent(),
        VisibilityTimeout: 12 * 60,
        MessageRetentionPeriod: 14 * 24 * 3600,
        RedrivePolicy: {
          deadLetterTargetArn: arnOf(queueId(`evidence-jobs-${provider}-dlq`)),
          maxReceiveCount: 1000,
        },
      });
    },
  );

  test('each queue accepts messages up to the largest size that the relay sends', () => {
    template.allResourcesProperties('AWS::SQS::Queue', { MaximumMessageSize: 262_144 });
    expect(maxSqsMessageBytes).toBe(262_144);
  });

  test('all queues are encrypted and refuse unencrypted connections', () => {
    template.resourceCountIs('AWS::SQS::Queue', 8);
    template.allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: arnOf(keyId()) });
    const denied = Object.values(template.findResources('AWS::SQS::QueuePolicy')).map(
      ({ Properties: properties }) =>
        properties.PolicyDocument.Statement.map(({ Effect, Action, Condition }: Record<string, unknown>) => ({
          Effect,
          Action,
          Condition,
        })),
    );
    const deny = { Effect: 'Deny', Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    expect(denied).toEqual(Array.from({ length: 8 }, () => [deny]));
  });
});

describe('tables', () => {
  const keys = (...names: string[]) =>
    names.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' }));

  test.each([
    {
      table: 'Verifications',
      key: keys('verificationId'),
      stream: { StreamViewType: 'NEW_IMAGE' },
      ttl: { AttributeName: 'expiresAt', Enabled: true },
      policy: 'Retain',
    },
    {
      table: 'History',
      key: keys('subject', 'at'),
      stream: { StreamViewType: 'NEW_IMAGE' },
      ttl: { AttributeName: 'expiresAt', Enabled: true },
      policy: 'Retain',
    },
    // The table Sessions has no TTL, because a TTL could delete a session that is still in use.
    {
      table: 'Sessions',
      key: keys('sessionId'),
      stream: Match.absent(),
      ttl: Match.absent(),
      policy: 'Delete',
    },
  ])(
    'the table $table has the right key, stream, TTL and deletion policy',
    ({ key, stream, ttl, policy }) => {
      template.hasResource('AWS::DynamoDB::GlobalTable', {
        DeletionPolicy: policy,
        Properties: {
          KeySchema: key,
          BillingMode: 'PAY_PER_REQUEST',
          StreamSpecification: stream,
          TimeToLiveSpecification: ttl,
        },
      });
    },
  );

  test('the history is in the class for rarely read tables, and its indexes contain only keys', () => {
    const index = (name: string, partitionKey: string) => ({
      IndexName: name,
      KeySchema: keys(partitionKey, 'at'),
      Projection: { ProjectionType: 'KEYS_ONLY' },
    });
    const [history] = Object.values(
      template.findResources('AWS::DynamoDB::GlobalTable', {
        Properties: { KeySchema: keys('subject', 'at') },
      }),
    );
    expect(history?.Properties.GlobalSecondaryIndexes).toEqual([
      index('byReference', 'reference'),
      index('openQuarantine', 'openQuarantine'),
    ]);
    expect(history?.Properties.Replicas).toMatchObject([{ TableClass: 'STANDARD_INFREQUENT_ACCESS' }]);
  });

  test.each([
    { title: 'live', stage: undefined, enabled: true },
    { title: 'test', stage: testStage, enabled: false },
  ])(
    'only a live stage has point-in-time recovery of its tables: stage $title, enabled: $enabled',
    ({ stage, enabled }) => {
      const tables = synthesizeForTest(stage).template.findResources('AWS::DynamoDB::GlobalTable');
      const restorable = Object.values(tables).filter(
        ({ Properties: { Replicas: replicas } }) =>
          replicas[0].PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled === true,
      );
      expect(restorable).toHaveLength(enabled ? 2 : 0);
    },
  );
});

describe('event sources', () => {
  test('no function reads the stream of the history, which only operators follow', () => {
    const mappings = Object.values(template.findResources('AWS::Lambda::EventSourceMapping'));
    const streams = mappings
      .map(({ Properties: { EventSourceArn } }) => EventSourceArn['Fn::GetAtt'])
      .filter(([, attribute]) => attribute === 'StreamArn');
    expect(streams).toEqual(Array(2).fill([verificationsTableId(), 'StreamArn']));
  });

  test('the relay reads INSERT and MODIFY records in batches of 100, and Lambda stores failed records in the bucket', () => {
    const table = verificationsTableId();
    const bucket = evidenceBucketId(template);
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: functionId('relay-events') },
      EventSourceArn: { 'Fn::GetAtt': [table, 'StreamArn'] },
      BatchSize: 100,
      StartingPosition: 'TRIM_HORIZON',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: -1,
      MaximumRecordAgeInSeconds: 12 * 3600,
      DestinationConfig: { OnFailure: { Destination: arnOf(bucket) } },
      FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT","MODIFY"]}' }] },
    });
  });

  test.each([
    { provider: 'idnow', concurrency: 10 },
    { provider: 'id360', concurrency: 2 },
    { provider: 'datakeen', concurrency: 25 },
  ])(
    'the fetcher of $provider reads its own queue, one job per invocation, with at most $concurrency jobs at once',
    ({ provider, concurrency }) => {
      const { id360, datakeen, ...rest } = liveStage;
      if (id360 === undefined || datakeen === undefined) throw new Error('the stage lacks a provider');
      const stage = {
        ...rest,
        id360: { ...id360, evidenceConcurrency: 2 },
        datakeen: { ...datakeen, evidenceConcurrency: 25 },
      };
      const [mapping] = Object.values(
        synthesizeForTest(stage).template.findResources('AWS::Lambda::EventSourceMapping', {
          Properties: { EventSourceArn: arnOf(queueId(`evidence-jobs-${provider}`)) },
        }),
      );
      expect(mapping?.Properties).toMatchObject({
        FunctionName: { Ref: functionId(`fetch-${provider}-evidence`) },
        BatchSize: 1,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: concurrency },
      });
    },
  );

  test('the deletion of expired cases reads only removals by DynamoDB itself, and Lambda stores failed records in the bucket', () => {
    const table = verificationsTableId();
    const bucket = evidenceBucketId(template);
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: functionId('delete-expired-cases') },
      EventSourceArn: { 'Fn::GetAtt': [table, 'StreamArn'] },
      BatchSize: 10,
      StartingPosition: 'TRIM_HORIZON',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: -1,
      MaximumRecordAgeInSeconds: 12 * 3600,
      DestinationConfig: { OnFailure: { Destination: arnOf(bucket) } },
      FilterCriteria: {
        Filters: [
          { Pattern: '{"eventName":["REMOVE"],"userIdentity":{"principalId":["dynamodb.amazonaws.com"]}}' },
        ],
      },
    });
  });

  test('two functions read the stream, which is the most that DynamoDB recommends for a shard', () => {
    const mappings = Object.values(template.findResources('AWS::Lambda::EventSourceMapping'));
    const ofStreams = mappings.filter(({ Properties }) =>
      JSON.stringify(Properties.EventSourceArn).includes('StreamArn'),
    );
    expect(ofStreams).toHaveLength(2);
  });

  test('the stack has five event source mappings', () => {
    template.resourceCountIs('AWS::Lambda::EventSourceMapping', 5);
  });
});

describe('the bucket', () => {
  test('the bucket is private, encrypted, versioned and retained', () => {
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            {
              BucketKeyEnabled: true,
              ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: arnOf(keyId()) },
            },
          ],
        },
        VersioningConfiguration: { Status: 'Enabled' },
      },
    });
  });

  test('the bucket refuses unencrypted connections', () => {
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 's3:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ],
      },
    });
  });

  /** Returns the lifecycle rules of a stage's bucket, without their ids. */
  const rulesOf = (stage?: StageInput) =>
    Object.values(
      synthesizeForTest(stage).template.findResources('AWS::S3::Bucket', {
        Properties: { ObjectLockEnabled: true },
      }),
    ).flatMap(({ Properties: properties }) =>
      properties.LifecycleConfiguration.Rules.map(({ Id, ...rule }: Record<string, unknown>) => rule),
    );
  const expire = (Prefix: string, ExpirationInDays: number) => ({
    Status: 'Enabled',
    Prefix,
    ExpirationInDays,
  });

  test('the bucket deletes unfinished uploads after a day, old versions after 30 days, and empty delete markers', () => {
    expect(rulesOf()).toContainEqual({
      Status: 'Enabled',
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
      NoncurrentVersionExpiration: { NoncurrentDays: 30 },
      ExpiredObjectDeleteMarker: true,
    });
  });

  test('the bucket deletes objects of cases 400 days after the retention, and other objects after the retention', () => {
    const { id360, datakeen, ...withIdnow } = testStage;
    const rules = rulesOf({ ...withIdnow, retentionDays: 100 });
    expect(rules.slice(1)).toEqual([
      expire('evidence/', 500),
      expire('findings/', 500),
      expire('deliveries/', 500),
      expire('unconfirmed/', 500),
      expire('parked/', 500),
      expire('deliveries/idnow/unidentified/', 100),
      expire('parked/unreadable/', 100),
      expire('aws/lambda/', 100),
    ]);
  });

  test('a live stage keeps objects of cases for five years and 400 days', () => {
    expect(rulesOf()).toContainEqual(expire('evidence/', 1827 + 400));
    expect(rulesOf()).toContainEqual(expire('deliveries/datakeen/unidentified/', 1827));
  });
});

test.each(providerNames.flatMap((provider) => [`${provider}/webhook`, `${provider}/api`]))(
  'the secret %s has a readable name and no value, so no deployment can write one over the live credentials',
  (name) => {
    const [secret] = Object.values(
      template.findResources('AWS::SecretsManager::Secret', {
        Properties: { Name: `idv-webhooks-live/${name}` },
      }),
    );
    expect(Object.keys(secret?.Properties).toSorted()).toEqual(['Description', 'KmsKeyId', 'Name', 'Tags']);
  },
);

describe('the API', () => {
  test('the API is regional and forwards each body as bytes', () => {
    template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      EndpointConfiguration: { Types: ['REGIONAL'] },
      BinaryMediaTypes: ['*/*'],
    });
  });

  test('the API routes all methods of each path to the receiver of the provider', () => {
    const resources = template.findResources('AWS::ApiGateway::Resource');
    const pathOf = (id: string): string => {
      const { ParentId: parent, PathPart: part } = resources[id]?.Properties ?? {};
      return part === undefined ? '' : `${pathOf(parent.Ref ?? '')}/${part}`;
    };
    const methods = Object.values(template.findResources('AWS::ApiGateway::Method')).map(
      ({ Properties: { ResourceId: resource, HttpMethod: method, ...properties } }) => {
        expect(properties).toMatchObject({
          AuthorizationType: 'NONE',
          Integration: { Type: 'AWS_PROXY' },
        });
        const [name] = ['receive-idnow', 'receive-id360', 'receive-datakeen'].filter((candidate) =>
          JSON.stringify(properties.Integration.Uri).includes(`"${functionId(candidate)}"`),
        );
        return [`${method} ${pathOf(resource.Ref)}`, name];
      },
    );
    expect(methods).toEqual([
      ['POST /webhooks/idnow', 'receive-idnow'],
      ['ANY /webhooks/idnow', 'receive-idnow'],
      ['POST /webhooks/id360', 'receive-id360'],
      ['ANY /webhooks/id360', 'receive-id360'],
      ['POST /webhooks/id360/{reference}/{signature}', 'receive-id360'],
      ['ANY /webhooks/id360/{reference}/{signature}', 'receive-id360'],
      ['POST /webhooks/datakeen', 'receive-datakeen'],
      ['ANY /webhooks/datakeen', 'receive-datakeen'],
      ['POST /webhooks/datakeen/{reference}/{signature}', 'receive-datakeen'],
      ['ANY /webhooks/datakeen/{reference}/{signature}', 'receive-datakeen'],
    ]);
  });
});

test('the stack has the outputs that users and the local stack need', () => {
  expect(Object.keys(template.findOutputs('*')).toSorted()).toEqual(
    expect.arrayContaining([
      'HistoryTableName',
      'AccessLogGroupName',
      'AlarmTopicArn',
      'DashboardName',
      'DatakeenApiSecretName',
      'DatakeenEvidenceJobsDeadLetterQueueUrl',
      'DatakeenEvidenceJobsQueueUrl',
      'EncryptionKeyArn',
      'EventsDeadLetterQueueArn',
      'EventsDeadLetterQueueUrl',
      'EventsQueueArn',
      'EventsQueueUrl',
      'EvidenceBucketName',
      'FetchIdnowEvidenceLogGroupName',
      'Id360EvidenceJobsDeadLetterQueueUrl',
      'Id360EvidenceJobsQueueUrl',
      'IdnowEvidenceJobsDeadLetterQueueUrl',
      'IdnowEvidenceJobsQueueUrl',
      'IdnowWebhookSecretName',
      'IdnowWebhooksUrl',
      'ReceiveIdnowLogGroupName',
      'RelayEventsLogGroupName',
      'SessionsTableName',
      'VerificationsTableName',
      'WebhooksUrl',
    ]),
  );
});
