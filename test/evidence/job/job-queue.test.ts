import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, expect, test } from 'vitest';
import { createSqsJobQueue } from '../../../shared/evidence/job/job-queue.ts';

const sqs = mockClient(SQSClient);
afterAll(() => sqs.restore());
afterEach(() => sqs.reset());

test.each([
  { factor: 1, seconds: 1, hidden: 1 },
  { factor: 1, seconds: 900, hidden: 900 },
  { factor: 0.05, seconds: 60, hidden: 3 },
  { factor: 0.05, seconds: 30, hidden: 2 },
])(
  'with a delay of $seconds s and a pause factor of $factor, SQS hides the message of a job for $hidden s',
  async (row) => {
    // Prepare
    const queue = createSqsJobQueue(
      new SQSClient({}),
      'https://sqs.example/jobs',
      'https://sqs.example/dlq',
      row.factor,
    );

    // Act
    await queue.retryIn('the-receipt', row.seconds);

    // Assess
    expect(sqs.commandCalls(ChangeMessageVisibilityCommand).map(({ args: [{ input }] }) => input)).toEqual([
      { QueueUrl: 'https://sqs.example/jobs', ReceiptHandle: 'the-receipt', VisibilityTimeout: row.hidden },
    ]);
  },
);

test('the function itself waits for a delay below one second, because SQS hides messages for whole seconds', async () => {
  // Prepare
  const queue = createSqsJobQueue(
    new SQSClient({}),
    'https://sqs.example/jobs',
    'https://sqs.example/dlq',
    0.05,
  );
  const begun = performance.now();

  // Act
  await queue.retryIn('the-receipt', 4);

  // Assess: the delay is 200 ms. A timer may fire a little early, so 190 ms are enough.
  expect(performance.now() - begun).toBeGreaterThan(190);
  const [call] = sqs.commandCalls(ChangeMessageVisibilityCommand);
  expect(call?.args[0].input.VisibilityTimeout).toBe(0);
});
