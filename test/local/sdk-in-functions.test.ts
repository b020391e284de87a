import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { startFailingProxy } from './failing-proxy.ts';
import { functionResource } from './fixture-assembly.ts';
import { runFixture } from './run-fixture.ts';

/** The source code of a function. Its AWS SDK clients have no options, so they read their settings from the environment. */
const source = `
  import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
  import { S3Client, PutObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
  import { SecretsManagerClient, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
  import { SQSClient, SendMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
  const { TABLE, BUCKET, QUEUE, SECRET } = process.env;
  export async function handler() {
    await new DynamoDBClient().send(new PutItemCommand({ TableName: TABLE, Item: { id: { S: 'x' } } }));
    await new S3Client().send(new PutObjectCommand({ Bucket: BUCKET, Key: 'a/b', Body: 'object' }));
    const { Body } = await new S3Client().send(new GetObjectCommand({ Bucket: BUCKET, Key: 'a/b' }));
    await new SQSClient().send(new SendMessageCommand({ QueueUrl: QUEUE, MessageBody: 'message' }));
    const { Messages } = await new SQSClient().send(new ReceiveMessageCommand({ QueueUrl: QUEUE }));
    const { SecretString } = await new SecretsManagerClient().send(new GetSecretValueCommand({ SecretId: SECRET }));
    return [await Body.transformToString(), Messages[0].Body, SecretString];
  }`;

async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

it("the AWS SDK in a local function calls the emulators through interceptEndpoint, with the function's own access key", async () => {
  const proxies = new Map<string, Awaited<ReturnType<typeof startFailingProxy>>>();
  const Variables = {
    TABLE: { Ref: 'Table' },
    BUCKET: { Ref: 'Bucket' },
    QUEUE: { Ref: 'Queue' },
    SECRET: { Ref: 'Secret' },
  };
  const { stack } = await runFixture(
    {
      resources: {
        Table: {
          Type: 'AWS::DynamoDB::GlobalTable',
          Properties: {
            KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
            AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
            TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
            Replicas: [{ Region: 'eu-west-1' }],
          },
        },
        Bucket: { Type: 'AWS::S3::Bucket' },
        Queue: { Type: 'AWS::SQS::Queue' },
        Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: 'secret' } },
        Work: functionResource('work', { Environment: { Variables }, Timeout: 30 }),
      },
      bundles: { work: await bundled() },
    },
    {
      interceptEndpoint: async (service, url) => {
        const proxy = await startFailingProxy(url);
        proxies.set(service, proxy);
        return proxy.url;
      },
    },
  );

  const result = await stack.functions.work?.invoke({});

  expect(result).toMatchObject({ kind: 'succeeded', payload: ['object', 'message', 'secret'] });
  const callers = [...proxies].map(([service, proxy]) => [service, proxy.callers()]);
  expect(Object.fromEntries(callers)).toEqual({
    dynamodb: ['local-work'],
    s3: ['local-work', 'local-work'],
    sqs: ['local-work', 'local-work'],
    secretsmanager: ['local-work'],
  });
  const direct = new DynamoDBClient({
    endpoint: stack.endpoints.dynamodb,
    region: stack.region,
    credentials: stack.credentials,
  });
  const { Item } = await direct.send(
    new GetItemCommand({ TableName: 'Fixture-Table', Key: { id: { S: 'x' } } }),
  );
  direct.destroy();
  expect(Item).toEqual({ id: { S: 'x' } });
});
