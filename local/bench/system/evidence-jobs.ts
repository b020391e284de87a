import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { convertToLambdaSqsRecord } from '../../stack/event-sources/sqs-event.ts';
import type { BenchSystem } from './bench-system.ts';

/** Takes the next evidence job from IDnow's queue, as Lambda does. @throws Error if the queue is empty */
export async function takeEvidenceJob({ sqs, endpoints, outputs }: BenchSystem): Promise<SQSRecord> {
  // The URL in the outputs leads through the proxy, which counts calls.
  const { pathname } = new URL(outputs.IdnowEvidenceJobsQueueUrl ?? '');
  const QueueUrl = new URL(pathname, endpoints.sqs).href;
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MessageSystemAttributeNames: ['All'],
      WaitTimeSeconds: 5,
    }),
  );
  const [message] = Messages;
  if (message === undefined) throw new Error('No evidence job has arrived');
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
  return convertToLambdaSqsRecord(message, 'arn:aws:sqs:eu-west-1:000000000000:evidence-jobs-idnow');
}
