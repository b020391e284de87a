import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect, it, type TestContext } from 'vitest';
import type { LocalStack } from '../../local/stack/local-stack.ts';
import { eventually } from '../support/eventually.ts';
import { type Fixture, functionResource } from './fixture-assembly.ts';
import { runFixture } from './run-fixture.ts';

interface QueueOptions {
  readonly mapping?: Record<string, unknown>;
  readonly fifo?: boolean;
  /** The visibility timeout. Its default is long, so that no message returns before a slow machine has processed it. */
  readonly visibilitySeconds?: number;
}

/** Returns a fixture with a function that reads a queue. A message that fails twice goes to a dead-letter queue. */
function queueFixture(
  source: string,
  { mapping = {}, fifo = false, visibilitySeconds = 30 }: QueueOptions = {},
): Fixture {
  const Fifo = fifo ? { FifoQueue: true } : {};
  return {
    resources: {
      Dead: { Type: 'AWS::SQS::Queue', Properties: { ...Fifo } },
      Jobs: {
        Type: 'AWS::SQS::Queue',
        Properties: {
          ...Fifo,
          VisibilityTimeout: visibilitySeconds,
          RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 2 },
        },
      },
      Work: functionResource('work', { Timeout: 1 }),
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          FunctionName: { Ref: 'Work' },
          EventSourceArn: { 'Fn::GetAtt': ['Jobs', 'Arn'] },
          ...mapping,
        },
      },
    },
    outputs: { jobs: { Value: { Ref: 'Jobs' } }, dead: { Value: { Ref: 'Dead' } } },
    bundles: { work: source },
  };
}

function client({ endpoints, region, credentials }: LocalStack, { onTestFinished }: TestContext): SQSClient {
  const sqs = new SQSClient({ endpoint: endpoints.sqs, region, credentials });
  onTestFinished(() => sqs.destroy());
  return sqs;
}

const run = (context: TestContext, fixture: Fixture) => runFixture(fixture, {}, context);

async function counts(sqs: SQSClient, QueueUrl: string | undefined): Promise<number> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  return (
    Number(Attributes?.ApproximateNumberOfMessages) +
    Number(Attributes?.ApproximateNumberOfMessagesNotVisible)
  );
}

const bodies = 'event.Records.map((record) => record.body)';

it.concurrent("the poller passes a queue message in the format of Lambda's event, and then deletes the message", async (context) => {
  const { stack, seen } = await run(
    context,
    queueFixture('exports.handler = async (event) => console.log(JSON.stringify(event));'),
  );
  const sqs = client(stack, context);

  const sent = await sqs.send(
    new SendMessageCommand({
      QueueUrl: stack.outputs.jobs,
      MessageBody: 'grüße',
      MessageAttributes: {
        type: { DataType: 'String', StringValue: 'x' },
        bytes: { DataType: 'Binary', BinaryValue: Buffer.from([0, 255]) },
      },
    }),
  );

  await eventually(() => expect(seen('work')).toHaveLength(1));
  expect(seen('work')[0]).toMatchObject({
    Records: [
      {
        messageId: sent.MessageId,
        receiptHandle: expect.any(String),
        body: 'grüße',
        md5OfBody: sent.MD5OfMessageBody,
        attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.stringMatching(/^\d{13}$/) },
        messageAttributes: {
          type: { stringValue: 'x', dataType: 'String', stringListValues: [], binaryListValues: [] },
          bytes: { binaryValue: 'AP8=', dataType: 'Binary' },
        },
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:Fixture-Jobs',
        awsRegion: 'eu-west-1',
      },
    ],
  });
  await eventually(async () => expect(await counts(sqs, stack.outputs.jobs)).toBe(0));
});

it.concurrent('a failed message returns after its visibility timeout, and goes to the dead-letter queue after the last try', async (context) => {
  const { stack, seen } = await run(
    context,
    queueFixture(
      `exports.handler = async (event) => { for (const { body, attributes } of event.Records) console.log(JSON.stringify(attributes.ApproximateReceiveCount)); throw new Error('no'); };`,
      { visibilitySeconds: 2 },
    ),
  );
  const sqs = client(stack, context);

  await sqs.send(new SendMessageCommand({ QueueUrl: stack.outputs.jobs, MessageBody: 'job' }));

  await eventually(async () => expect(await counts(sqs, stack.outputs.dead)).toBe(1));
  await eventually(() => expect(seen('work')).toEqual(['1', '2']));
});

it.concurrent('only the messages that batchItemFailures lists return to the queue', async (context) => {
  const { stack, seen } = await run(
    context,
    queueFixture(
      `exports.handler = async (event) => { console.log(JSON.stringify(${bodies}));
         return { batchItemFailures: event.Records.filter(({ body, attributes }) => body === 'bad' && attributes.ApproximateReceiveCount === '1').map(({ messageId }) => ({ itemIdentifier: messageId })) }; };`,
      { visibilitySeconds: 5, mapping: { FunctionResponseTypes: ['ReportBatchItemFailures'] } },
    ),
  );
  const sqs = client(stack, context);

  const Entries = ['good', 'bad', 'fine'].map((MessageBody) => ({ Id: MessageBody, MessageBody }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: stack.outputs.jobs, Entries }));

  await eventually(() => expect(seen('work')).toEqual([['good', 'bad', 'fine'], ['bad']]));
  await eventually(async () => expect(await counts(sqs, stack.outputs.jobs)).toBe(0));
});

it.concurrent("the local stack refuses a queue whose visibility timeout is shorter than its function's time-out, like Lambda", async (context) => {
  const fixture = queueFixture('exports.handler = async () => {};', { visibilitySeconds: 1 });

  const patient = { ...fixture.resources, Work: functionResource('work', { Timeout: 2 }) };

  await expect(run(context, { ...fixture, resources: patient })).rejects.toThrow(
    /Mapping.*visibility timeout of 1 s/,
  );
});

it.concurrent.for([
  ['is not a valid batch response', `[{ wrongKey: 'x' }]`],
  ['names a message that is not in the batch', `[{ itemIdentifier: 'other' }]`],
])('all messages of a batch fail if batchItemFailures %s', async ([, failures], context) => {
  const { stack } = await run(
    context,
    queueFixture(`exports.handler = async () => ({ batchItemFailures: ${failures} });`, {
      visibilitySeconds: 1,
      mapping: { FunctionResponseTypes: ['ReportBatchItemFailures'] },
    }),
  );
  const sqs = client(stack, context);

  await sqs.send(new SendMessageCommand({ QueueUrl: stack.outputs.jobs, MessageBody: 'job' }));

  await eventually(async () => expect(await counts(sqs, stack.outputs.dead)).toBe(1));
});

it.concurrent('the poller keeps the order of each FIFO message group, and the groups do not wait for each other', async (context) => {
  const { stack, seen } = await run(
    context,
    queueFixture(
      `exports.handler = async (event) => { if (event.Records[0].attributes.MessageGroupId === 'a') await new Promise((resolve) => setTimeout(resolve, 50)); console.log(JSON.stringify(${bodies})); };`,
      { fifo: true },
    ),
  );
  const sqs = client(stack, context);
  const messages = ['a1', 'a2', 'b1', 'a3', 'b2', 'a4', 'b3'];

  for (const MessageBody of messages) {
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: stack.outputs.jobs,
        MessageBody,
        MessageGroupId: MessageBody.slice(0, 1),
        MessageDeduplicationId: MessageBody,
      }),
    );
  }

  await eventually(() => expect(seen('work').flat()).toHaveLength(messages.length));
  const order = seen('work').flat().map(String);
  expect(order.filter((body) => body.startsWith('a'))).toEqual(['a1', 'a2', 'a3', 'a4']);
  expect(order.filter((body) => body.startsWith('b'))).toEqual(['b1', 'b2', 'b3']);
});

it.concurrent('the poller runs at most MaximumConcurrency invocations for a queue at once', async (context) => {
  const { stack, seen } = await run(
    context,
    queueFixture(
      `exports.handler = async (event) => { console.log(1); await new Promise((resolve) => setTimeout(resolve, 100)); console.log(-1); };`.replace(
        '-1',
        `'[-1]'`,
      ),
      { mapping: { ScalingConfig: { MaximumConcurrency: 2 }, BatchSize: 1 } },
    ),
  );
  const sqs = client(stack, context);

  await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      sqs.send(new SendMessageCommand({ QueueUrl: stack.outputs.jobs, MessageBody: String(index) })),
    ),
  );

  await eventually(() => expect(seen('work')).toHaveLength(16));
  let running = 0;
  const levels = seen('work').map((step) => {
    running += step === 1 ? 1 : -1;
    return running;
  });
  expect(Math.max(...levels)).toBe(2);
});

it.concurrent('the poller deletes a message that does not match the filter, without an invocation', async (context) => {
  const { stack, seen } = await run(
    context,
    queueFixture(`exports.handler = async (event) => console.log(JSON.stringify(${bodies}));`, {
      mapping: { FilterCriteria: { Filters: [{ Pattern: JSON.stringify({ body: { kind: ['wanted'] } }) }] } },
    }),
  );
  const sqs = client(stack, context);

  for (const kind of ['unwanted', 'wanted']) {
    await sqs.send(
      new SendMessageCommand({ QueueUrl: stack.outputs.jobs, MessageBody: JSON.stringify({ kind }) }),
    );
  }

  await eventually(async () => {
    expect(seen('work').flat()).toEqual([JSON.stringify({ kind: 'wanted' })]);
    expect(await counts(sqs, stack.outputs.jobs)).toBe(0);
  });
  expect(await counts(sqs, stack.outputs.dead)).toBe(0);
});

it.concurrent('the queue URLs of the local stack point to 127.0.0.1', async (context) => {
  const { stack } = await run(context, queueFixture('exports.handler = async () => {};'));
  const sqs = client(stack, context);

  expect(new URL(stack.outputs.dead ?? '').origin).toBe(stack.endpoints.sqs);
  expect(new URL(stack.endpoints.sqs).hostname).toBe('127.0.0.1');
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: stack.outputs.dead }));
  expect(Messages).toBeUndefined();
});
