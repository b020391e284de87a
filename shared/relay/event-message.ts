import { VerificationEvent } from '../contract/verification-event.ts';
import { escapeForSqs } from '../platform/escape-for-sqs.ts';
import { deduplicationIdOf, messageGroupIdOf } from './message-ids.ts';
import type { QueueMessage } from './queue-sender.ts';

export type EventMessage = QueueMessage & { readonly MessageGroupId: string };

/** The SQS message of an event: the CloudEvent as its body, and what consumers filter by as attributes. */
export function eventMessage(json: string): EventMessage {
  const event = VerificationEvent.parse(JSON.parse(json));
  const { id, type, subject, data } = event;
  return {
    // What was checked, not the text: it could name a key twice, or differ from one of ours in its case.
    MessageBody: escapeForSqs(JSON.stringify(event)),
    MessageGroupId: messageGroupIdOf(subject),
    MessageDeduplicationId: deduplicationIdOf(id),
    MessageAttributes: {
      type: { DataType: 'String', StringValue: type },
      provider: { DataType: 'String', StringValue: data.provider },
      phase: { DataType: 'String', StringValue: data.phase },
      ...(data.outcome === null ? {} : { outcome: { DataType: 'String', StringValue: data.outcome } }),
    },
  };
}
