import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { type Message, SQSClient } from '@aws-sdk/client-sqs';
import { VerificationEvent } from 'idv-webhooks/events';
import { Consumer } from 'sqs-consumer';
import type { ApplyEvent } from './apply-event.ts';
import { caseTable } from './case-table.ts';
import { processInOrder } from './process-in-order.ts';

interface PollingConsumer {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly apply: ApplyEvent;
}

/** Creates a consumer that polls the events queue. Start it with `start()`. */
export function createPollingConsumer({ sqs, queueUrl, apply }: PollingConsumer): Consumer {
  const consumer = Consumer.create({
    sqs,
    queueUrl,
    batchSize: 10,
    waitTimeSeconds: 20,
    // `processInOrder` needs the group of each message.
    messageSystemAttributeNames: ['MessageGroupId'],
    // Not `handleMessage`: it would process the messages of a batch at the same time. sqs-consumer deletes exactly the
    // messages that this function returns. `visibilityTimeout` and `terminateVisibilityTimeout` are not set, so that SQS
    // delivers a failed message again after the queue's own visibility timeout, and not earlier.
    handleMessageBatch: (messages) =>
      processInOrder(messages, async ({ Body = '' }: Message) =>
        apply(VerificationEvent.parse(JSON.parse(Body))),
      ),
    // The warning is about `handleMessage`.
    suppressFifoWarning: true,
  });
  consumer.on('error', (error) => console.error('the queue does not answer', error));
  return consumer;
}

if (import.meta.main) {
  const { EVENTS_QUEUE_URL: queueUrl = '', CASES_TABLE: tableName = '' } = process.env;
  const apply = caseTable({ dynamoDb: new DynamoDBClient(), s3: new S3Client(), tableName });
  const consumer = createPollingConsumer({ sqs: new SQSClient(), queueUrl, apply });
  process.once('SIGTERM', () => consumer.stop());
  consumer.start();
}
