import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type EventType, VerificationEvent } from '../../shared/contract/verification-event.ts';
import type { LocalStack } from '../stack/local-stack.ts';

export interface CaseEventReader {
  /**
   * Reads the events of the case until an event of the given type arrives. Calls `onEvent` for each event.
   * @returns the event of this type, or null if the signal aborts first
   */
  readUntil(
    type: EventType,
    signal: AbortSignal,
    onEvent: (event: VerificationEvent) => void,
  ): Promise<VerificationEvent | null>;
  close(): void;
}

/** Creates a consumer of the events queue that returns only the events of one case. */
export function createCaseEventReader(stack: LocalStack, reference: string): CaseEventReader {
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
    async readUntil(type, signal, onEvent) {
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
