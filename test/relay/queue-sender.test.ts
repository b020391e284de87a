import { SendMessageBatchCommand, SQSClient, SQSServiceException } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { IdvError } from '../../shared/platform/errors.ts';
import { createSqsQueueSender } from '../../shared/relay/queue-sender.ts';

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
  const failures: unknown[] = [];
  const sender = createSqsQueueSender(new SQSClient({}), 'https://sqs.example/queue', (error) =>
    failures.push(error),
  );
  return { sender, failures };
}

test('the queue sender sends a batch in one call', async () => {
  // Prepare
  sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
  const { sender, failures } = senderUnderTest();

  // Act
  const outcomes = await sender.send(entries);

  // Assess
  expect(outcomes).toEqual([sent, sent, sent]);
  expect(failures).toEqual([]);
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

test('the relay can send a message of a batch again if SQS refuses the message without SenderFault', async () => {
  // Prepare
  const Failed = [{ Id: '1', Code: 'InternalError', SenderFault: false }];
  sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed });
  const { sender, failures } = senderUnderTest();

  // Act
  const outcomes = await sender.send(entries);

  // Assess
  expect(outcomes).toEqual([sent, failed, sent]);
  // Only the messages of our own errors are logged.
  expect(failures).toEqual([expect.any(IdvError)]);
  expect(failures).toEqual([expect.objectContaining({ message: expect.stringContaining('InternalError') })]);
});

test('SQS refuses a message of a batch with SenderFault permanently, and the other messages are sent', async () => {
  // Prepare
  const Failed = [
    { Id: '1', Code: 'InvalidMessageContents', SenderFault: true, Message: 'no such character' },
  ];
  sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed });
  const { sender, failures } = senderUnderTest();

  // Act
  const outcomes = await sender.send(entries);

  // Assess
  expect(outcomes).toEqual([sent, refusedWith('InvalidMessageContents'), sent]);
  expect(failures).toEqual([]);
});

test('a message that is too large is refused without a call, and the other messages are sent', async () => {
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
  expect(bodiesByCall()).toEqual([['two'], [fits.MessageBody]]);
});

test('if SQS does not answer a call, all messages of the call can be sent again', async () => {
  // Prepare
  const refusal = new Error('connect ECONNREFUSED');
  sqs.on(SendMessageBatchCommand).rejects(refusal);
  const { sender, failures } = senderUnderTest();

  // Act
  const outcomes = await sender.send(entries);

  // Assess
  expect(outcomes).toEqual([failed, failed, failed]);
  expect(failures).toEqual([refusal]);
  expect(bodiesByCall()).toHaveLength(1);
});

describe('a batch that SQS refuses as a whole', () => {
  test('if SQS refuses a batch, its messages are sent one by one, and only the faulty message is refused', async () => {
    // Prepare
    const { sender, failures } = senderUnderTest();
    sqs.on(SendMessageBatchCommand).callsFake(({ Entries }) => {
      if (bodiesOf(Entries).includes('two')) throw faultOf('InvalidMessageContents');
      return {};
    });

    // Act
    const outcomes = await sender.send(entries);

    // Assess
    expect(outcomes).toEqual([sent, refusedWith('InvalidMessageContents'), sent]);
    expect(bodiesByCall()).toEqual([['one', 'two', 'three'], ['one'], ['two'], ['three']]);
    expect(failures).toEqual([]);
  });

  test('if a batch fails with an error that we do not know, only the faulty message has to be sent again', async () => {
    // Prepare
    const { sender, failures } = senderUnderTest();
    sqs.on(SendMessageBatchCommand).callsFake(({ Entries }) => {
      if (bodiesOf(Entries).includes('two')) throw faultOf('SomethingNew');
      return {};
    });

    // Act
    const outcomes = await sender.send(entries);

    // Assess
    expect(outcomes).toEqual([sent, failed, sent]);
    expect(failures).toHaveLength(1);
  });

  test.each(['QueueDoesNotExist', 'RequestThrottled', 'KmsAccessDenied', 'AccessDeniedException'])(
    'a refused batch is not sent message by message if no message can be the cause of the error: %s',
    async (code) => {
      // Prepare
      const { sender, failures } = senderUnderTest();
      sqs.on(SendMessageBatchCommand).rejects(faultOf(code));

      // Act
      const outcomes = await sender.send(entries);

      // Assess
      expect(outcomes).toEqual([failed, failed, failed]);
      expect(bodiesByCall()).toHaveLength(1);
      expect(failures).toHaveLength(1);
    },
  );
});

const bodiesOf = (list: readonly { MessageBody?: string | undefined }[] = []) =>
  list.map(({ MessageBody }) => MessageBody);

const bodiesByCall = () =>
  sqs.commandCalls(SendMessageBatchCommand).map(({ args: [{ input }] }) => bodiesOf(input.Entries));

const faultOf = (name: string, httpStatusCode = 400) =>
  new SQSServiceException({ name, message: 'x', $fault: 'client', $metadata: { httpStatusCode } });
