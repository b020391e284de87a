import { VerificationEvent } from '../contract/verification-event.ts';
import { sqsText } from '../platform/sqs-text.ts';
import { deduplicationIdOf, groupIdOf } from './group-id.ts';
import type { QueueMessage } from './queue-sender.ts';

export type EventMessage = QueueMessage & { readonly MessageGroupId: string };

/** The SQS message of an event: the CloudEvent as its body, and what consumers filter by as attributes. */
export function eventMessage(json: string): EventMessage {
  const event = VerificationEvent.parse(JSON.parse(json));
  const { id, type, subject, data } = event;
  return {
    // What was checked, not the text: it could name a key twice, or differ from one of ours in its case.
    MessageBody: sqsText(JSON.stringify(event)),
    MessageGroupId: groupIdOf(subject),
    MessageDeduplicationId: deduplicationIdOf(id),
    MessageAttributes: {
      type: { DataType: 'String', StringValue: type },
      provider: { DataType: 'String', StringValue: data.provider },
      phase: { DataType: 'String', StringValue: data.phase },
      ...(data.outcome === null ? {} : { outcome: { DataType: 'String', StringValue: data.outcome } }),
    },
  };
}
