import { VerificationEvent } from '../contract/verification-event.ts';
import { sqsText } from '../platform/sqs-text.ts';
import { deduplicationIdOf, groupIdOf } from './group-id.ts';
import type { QueueMessage } from './queue-sender.ts';

export type EventMessage = QueueMessage & { readonly MessageGroupId: string };

/** The SQS message of an event: the CloudEvent as its body, and what consumers filter by as attributes. */
export function eventMessage(json: string): EventMessage {
  const { id, type, subject, data } = VerificationEvent.parse(JSON.parse(json));
  return {
    MessageBody: sqsText(json),
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
