import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type EventType, VerificationEvent } from '../../shared/contract/verification-event.ts';
import type { LocalStack } from '../stack/local-stack.ts';

export interface EventReader {
  /** Reads on until an event of this type, telling of each; throws where it does not come in time. */
  until(
    type: EventType,
    timeoutMs: number,
    onEvent: (event: VerificationEvent) => void,
  ): Promise<VerificationEvent>;
  close(): void;
}

/** A consumer of the events queue that shows the events of one case. */
export function eventReader(stack: LocalStack, reference: string): EventReader {
  const { region, credentials, endpoints, outputs } = stack;
  const sqs = new SQSClient({ region, credentials, endpoint: endpoints.sqs });
  const QueueUrl = outputs.EventsQueueUrl;

  const receive = async (): Promise<VerificationEvent[]> => {
    const { Messages: messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
    );
    const events: VerificationEvent[] = [];
    for (const { Body: body, ReceiptHandle } of messages) {
      events.push(VerificationEvent.parse(JSON.parse(body ?? '')));
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    return events.filter(({ data }) => data.reference === reference);
  };

  return {
    async until(type, timeoutMs, onEvent) {
      const deadline = Date.now() + timeoutMs;
      while (Date.now() < deadline) {
        const events = await receive();
        for (const event of events) onEvent(event);
        const last = events.find((event) => event.type === type);
        if (last !== undefined) return last;
      }
      throw new Error(`no ${type} came within ${timeoutMs / 1000} s; "npm start -- --verbose" shows why`);
    },
    close: () => sqs.destroy(),
  };
}
