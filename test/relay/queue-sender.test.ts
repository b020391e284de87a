import { SendMessageBatchCommand, SQSClient, SQSServiceException } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { IdvError } from '../../shared/platform/errors.ts';
import { sqsQueueSender } from '../../shared/relay/queue-sender.ts';

const sqs = mockClient(SQSClient);
afterEach(() => sqs.reset());
afterAll(() => sqs.restore());

const entries = [{ MessageBody: 'one' }, { MessageBody: 'two' }, { MessageBody: 'three' }];

const attributes = { type: { DataType: 'String', StringValue: 'x' } };
const sent = { kind: 'sent' };
const failed = { kind: 'failed' };
const refusedWith = (code: string) => ({
  kind: 'refused',
  refusal: { code, detail: expect.stringMatching(/./) },
});

function senderUnderTest() {
  const problems: unknown[] = [];
  const sender = sqsQueueSender(new SQSClient({}), 'https://sqs.example/queue', (error) =>
    problems.push(error),
  );
  return { sender, problems };
}

test('sends a batch in one call', async () => {
  // Prepare
  sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
  const { sender, problems } = senderUnderTest();

  // Act
  const outcomes = await sender.send(entries);

  // Assess
  expect(outcomes).toEqual([sent, sent, sent]);
  expect(problems).toEqual([]);
  expect(sqs.commandCalls(SendMessageBatchCommand).map(({ args: [{ input }] }) => input)).toEqual([
    {
      QueueUrl: 'https://sqs.example/queue',
      Entries: [
        { Id: '0', MessageBody: 'one' },
        { Id: '1', MessageBody: 'two' },
        { Id: '2', MessageBody: 'three' },
      ],
    },
  ]);
});

test('an entry that fails without a fault of the sender can be sent again', async () => {
  // Prepare
  const Failed = [{ Id: '1', Code: 'InternalError', SenderFault: false }];
  sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed });
  const { sender, problems } = senderUnderTest();

  // Act
  const outcomes = await sender.send(entries);

  // Assess
  expect(outcomes).toEqual([sent, failed, sent]);
  // Only the messages of our own errors are logged.
  expect(problems).toEqual([expect.any(IdvError)]);
  expect(problems).toEqual([expect.objectContaining({ message: expect.stringContaining('InternalError') })]);
});

test('an entry that fails by a fault of the sender is refused for good, and the others are sent', async () => {
  // Prepare
  const Failed = [
    { Id: '1', Code: 'InvalidMessageContents', SenderFault: true, Message: 'no such character' },
  ];
  sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed });
  const { sender, problems } = senderUnderTest();

  // Act
  const outcomes = await sender.send(entries);

  // Assess
  expect(outcomes).toEqual([sent, refusedWith('InvalidMessageContents'), sent]);
  expect(problems).toEqual([]);
});

test('a message over the size of the queue is refused without a call, and the others are sent', async () => {
  // Prepare
  sqs.on(SendMessageBatchCommand).resolves({});
  const { sender } = senderUnderTest();
  const fits = { MessageBody: 'x'.repeat(262_144 - 'typeStringx'.length), MessageAttributes: attributes };
  const tooLong = { ...fits, MessageBody: `${fits.MessageBody}x` };

  // Act
  const outcomes = [
    ...(await sender.send([tooLong, { MessageBody: 'two' }])),
    ...(await sender.send([fits])),
  ];

  // Assess
  expect(outcomes).toEqual([refusedWith('MessageTooLong'), sent, sent]);
  expect(callsOfOne()).toEqual([['two'], [fits.MessageBody]]);
});

test('all messages can be sent again after a call without an answer', async () => {
  // Prepare
  const refusal = new Error('connect ECONNREFUSED');
  sqs.on(SendMessageBatchCommand).rejects(refusal);
  const { sender, problems } = senderUnderTest();

  // Act
  const outcomes = await sender.send(entries);

  // Assess
  expect(outcomes).toEqual([failed, failed, failed]);
  expect(problems).toEqual([refusal]);
  expect(callsOfOne()).toHaveLength(1);
});

describe('a call of several messages that SQS refuses as a whole', () => {
  test('is sent one by one, so that the one at fault is found and the others are sent', async () => {
    // Prepare
    const { sender, problems } = senderUnderTest();
    sqs.on(SendMessageBatchCommand).callsFake(({ Entries }) => {
      if (bodiesOf(Entries).includes('two')) throw faultOf('InvalidMessageContents');
      return {};
    });

    // Act
    const outcomes = await sender.send(entries);

    // Assess
    expect(outcomes).toEqual([sent, refusedWith('InvalidMessageContents'), sent]);
    expect(callsOfOne()).toEqual([['one', 'two', 'three'], ['one'], ['two'], ['three']]);
    expect(problems).toEqual([]);
  });

  test('loses no neighbour to a fault that does not name the content', async () => {
    // Prepare
    const { sender, problems } = senderUnderTest();
    sqs.on(SendMessageBatchCommand).callsFake(({ Entries }) => {
      if (bodiesOf(Entries).includes('two')) throw faultOf('SomethingNew');
      return {};
    });

    // Act
    const outcomes = await sender.send(entries);

    // Assess
    expect(outcomes).toEqual([sent, failed, sent]);
    expect(problems).toHaveLength(1);
  });

  test.each(['QueueDoesNotExist', 'RequestThrottled', 'KmsAccessDenied', 'AccessDeniedException'])(
    'is not sent one by one after %s, which is no fault of a message',
    async (code) => {
      // Prepare
      const { sender, problems } = senderUnderTest();
      sqs.on(SendMessageBatchCommand).rejects(faultOf(code));

      // Act
      const outcomes = await sender.send(entries);

      // Assess
      expect(outcomes).toEqual([failed, failed, failed]);
      expect(callsOfOne()).toHaveLength(1);
      expect(problems).toHaveLength(1);
    },
  );
});

const bodiesOf = (list: readonly { MessageBody?: string | undefined }[] = []) =>
  list.map(({ MessageBody }) => MessageBody);

const callsOfOne = () =>
  sqs.commandCalls(SendMessageBatchCommand).map(({ args: [{ input }] }) => bodiesOf(input.Entries));

const faultOf = (name: string, httpStatusCode = 400) =>
  new SQSServiceException({ name, message: 'x', $fault: 'client', $metadata: { httpStatusCode } });
