import type { VerificationEvent } from '../contract/verification-event.ts';
import { escapeForSqs } from '../platform/escape-for-sqs.ts';
import { buildDeduplicationId, buildMessageGroupId } from './message-ids.ts';
import type { QueueMessage } from './queue-sender.ts';

export type EventMessage = QueueMessage & { readonly MessageGroupId: string };

/**
 * Builds the SQS message of an event. The body is the CloudEvent. The attributes repeat some of its fields, so
 * that consumers can filter messages.
 */
export function buildEventMessage(event: VerificationEvent): EventMessage {
  const { id, type, subject, data } = event;
  return {
    MessageBody: escapeForSqs(JSON.stringify(event)),
    MessageGroupId: buildMessageGroupId(subject),
    MessageDeduplicationId: buildDeduplicationId(id),
    MessageAttributes: {
      type: { DataType: 'String', StringValue: type },
      provider: { DataType: 'String', StringValue: data.provider },
      phase: { DataType: 'String', StringValue: data.phase },
      ...(data.outcome === null ? {} : { outcome: { DataType: 'String', StringValue: data.outcome } }),
    },
  };
}
