import { VerificationEvent } from '../contract/verification-event.ts';
import { escapeForSqs } from '../platform/escape-for-sqs.ts';
import { buildDeduplicationId, buildMessageGroupId } from './message-ids.ts';
import type { QueueMessage } from './queue-sender.ts';

export type EventMessage = QueueMessage & { readonly MessageGroupId: string };

/** Parses an event of an outbox. @throws SyntaxError or z.ZodError if the text is not an event */
export function parseEvent(json: string): VerificationEvent {
  return VerificationEvent.parse(JSON.parse(json));
}

/**
 * Builds the SQS message of a parsed event. The body is the CloudEvent. The attributes repeat some of its fields, so
 * that consumers can filter messages.
 */
export function buildEventMessage(event: VerificationEvent): EventMessage {
  const { id, type, subject, data } = event;
  return {
    // Send the event as it was parsed and checked. The original text could contain a key twice, or unknown keys.
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
