import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, expect, test } from 'vitest';
import { IdvError } from '../../shared/platform/errors.ts';
import { sqsQueueSender } from '../../shared/relay/queue-sender.ts';

const sqs = mockClient(SQSClient);
afterEach(() => sqs.reset());
afterAll(() => sqs.restore());

const entries = [{ MessageBody: 'one' }, { MessageBody: 'two' }, { MessageBody: 'three' }];

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
  const failed = await sender.send(entries);

  // Assess
  expect([...failed]).toEqual([]);
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

test('says which entries SQS has not taken, and why', async () => {
  // Prepare
  const Failed = [{ Id: '1', Code: 'InvalidMessageContents', SenderFault: true }];
  sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed });
  const { sender, problems } = senderUnderTest();

  // Act
  const failed = await sender.send(entries);

  // Assess
  expect([...failed]).toEqual([1]);
  // Only the messages of our own errors are logged.
  expect(problems).toEqual([expect.any(IdvError)]);
  expect(problems).toEqual([
    expect.objectContaining({ message: expect.stringContaining('InvalidMessageContents') }),
  ]);
});

test('counts all entries as failed where the call fails', async () => {
  // Prepare
  const refusal = new Error('connect ECONNREFUSED');
  sqs.on(SendMessageBatchCommand).rejects(refusal);
  const { sender, problems } = senderUnderTest();

  // Act
  const failed = await sender.send(entries);

  // Assess
  expect([...failed]).toEqual([0, 1, 2]);
  expect(problems).toEqual([refusal]);
});
