import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { VerificationEvent } from '../../shared/contract/verification-event.ts';

export interface EventConsumer {
  /** Receives until `count` events of a verification are there, in the order of the queue. */
  receive(verificationId: string, count: number, timeoutMs?: number): Promise<VerificationEvent[]>;
  /** The messages of all events received so far, as SQS gave them. */
  readonly messages: readonly Message[];
}

/** A consumer of the events queue that keeps what it has seen of every verification. */
export function consumer(sqs: SQSClient, queueUrl: string): EventConsumer {
  const messages: Message[] = [];
  const received: VerificationEvent[] = [];
  const receiveOnce = async () => {
    const answer = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 1,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All'],
      }),
    );
    for (const message of answer.Messages ?? []) {
      messages.push(message);
      received.push(VerificationEvent.parse(JSON.parse(message.Body ?? '')));
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: message.ReceiptHandle }));
    }
  };
  return {
    messages,
    async receive(verificationId, count, timeoutMs = 30_000) {
      const deadline = Date.now() + timeoutMs;
      const mine = () => received.filter(({ subject }) => subject === verificationId);
      while (mine().length < count && Date.now() < deadline) await receiveOnce();
      return mine();
    },
  };
}
