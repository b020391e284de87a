import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type EventType, VerificationEvent } from '../../shared/contract/verification-event.ts';
import type { LocalStack } from '../stack/local-stack.ts';

export interface EventReader {
  /** Reads on until an event of this type, telling of each; null where it has not come by the signal. */
  until(
    type: EventType,
    signal: AbortSignal,
    onEvent: (event: VerificationEvent) => void,
  ): Promise<VerificationEvent | null>;
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
    async until(type, signal, onEvent) {
      while (!signal.aborted) {
        const events = await receive();
        for (const event of events) onEvent(event);
        const last = events.find((event) => event.type === type);
        if (last !== undefined) return last;
      }
      return null;
    },
    close: () => sqs.destroy(),
  };
}
