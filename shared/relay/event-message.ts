import type { SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import { VerificationEvent } from '../contract/verification-event.ts';
import { deduplicationIdOf, groupIdOf } from './group-id.ts';

export type EventMessage = Omit<SendMessageBatchRequestEntry, 'Id'> & {
  readonly MessageBody: string;
  readonly MessageGroupId: string;
};

/** The SQS message of an event: the CloudEvent as its body, and what consumers filter by as attributes. */
export function eventMessage(json: string): EventMessage {
  const { id, type, subject, data } = VerificationEvent.parse(JSON.parse(json));
  return {
    MessageBody: legalForSqs(json),
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

/**
 * SQS takes the characters of XML 1.0 only. JSON.stringify escapes control characters and lone surrogates,
 * but not these two; a name that holds one would otherwise block its whole shard.
 */
function legalForSqs(json: string): string {
  return json.replace(/[\uFFFE\uFFFF]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}
