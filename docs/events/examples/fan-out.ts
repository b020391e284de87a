import { type Message, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Consumer } from 'sqs-consumer';
import { processInOrder } from './process-in-order.ts';

interface FanOut {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  /** The URLs of the FIFO queues that get a copy of each event. Each of them has one consumer. */
  readonly copies: readonly string[];
}

/**
 * Creates a consumer that copies each event to several FIFO queues. It keeps the group and the deduplication id, so that
 * each copy has the order of the events queue. If one copy fails, SQS delivers the event again, and the copies that
 * succeeded may get it twice.
 */
export function createFanOut({ sqs, queueUrl, copies }: FanOut): Consumer {
  const consumer = Consumer.create({
    sqs,
    queueUrl,
    batchSize: 10,
    waitTimeSeconds: 20,
    messageSystemAttributeNames: ['MessageGroupId', 'MessageDeduplicationId'],
    messageAttributeNames: ['All'],
    handleMessageBatch: (messages) =>
      processInOrder(messages, (message) =>
        Promise.all(copies.map((copy) => sqs.send(new SendMessageCommand(copyOf(message, copy))))),
      ),
    suppressFifoWarning: true,
  });
  consumer.on('error', (error) => console.error('the queue does not answer', error));
  return consumer;
}

function copyOf({ Body, Attributes, MessageAttributes }: Message, QueueUrl: string) {
  const { MessageGroupId, MessageDeduplicationId } = Attributes ?? {};
  return { QueueUrl, MessageBody: Body, MessageGroupId, MessageDeduplicationId, MessageAttributes };
}

if (import.meta.main) {
  const { EVENTS_QUEUE_URL: queueUrl = '', COPY_QUEUE_URLS = '' } = process.env;
  const fanOut = createFanOut({ sqs: new SQSClient(), queueUrl, copies: COPY_QUEUE_URLS.split(',') });
  process.once('SIGTERM', () => fanOut.stop());
  fanOut.start();
}
