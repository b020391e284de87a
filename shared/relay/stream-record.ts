import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord, AttributeValue as StreamValue } from 'aws-lambda';
import { IdvError } from '../platform/errors.ts';
import type { Outbox } from '../verifications/outbox.ts';
import type { Verification } from '../verifications/verification.ts';
import { parseVerification } from '../verifications/verification-store.ts';
import { buildEventMessage, type EventMessage, parseEvent } from './event-message.ts';
import { findContentOfOtherVerification } from './find-foreign-content.ts';

/** One write of a verification, read from the stream. */
export interface VerificationWriteFromStream {
  /** The sequence number of the record. The relay reports this number if Lambda must deliver the record again. */
  readonly sequenceNumber: string;
  /** The unchanged record, which the relay parks if its row in the ledger is refused permanently. */
  readonly record: DynamoDBRecord;
  readonly verification: Verification;
  readonly outbox: Outbox;
  /** The SQS messages of the events in the outbox. */
  readonly messages: readonly EventMessage[];
}

/** Thrown if a stream record cannot be read. Delivering the record again would not help. */
export class StreamRecordError extends IdvError {
  override readonly name = 'StreamRecordError';
}

/**
 * Reads a record of the stream of `Verifications`.
 *
 * @throws StreamRecordError if the record is not a write of this project, or contains messages about another verification
 */
export function readStreamRecord(record: DynamoDBRecord): VerificationWriteFromStream {
  const { events, ...write } = readWrite(record);
  const foreign = findContentOfOtherVerification(write.verification, events, write.outbox);
  if (foreign === null) return { ...write, record, messages: events.map(buildEventMessage) };
  throw new StreamRecordError(
    `stream record ${write.sequenceNumber} is refused: ${foreign}; find out who wrote the item`,
  );
}

function readWrite(record: DynamoDBRecord) {
  const image = record.dynamodb?.NewImage;
  const sequenceNumber = record.dynamodb?.SequenceNumber;
  if (image === undefined || sequenceNumber === undefined) {
    throw new StreamRecordError(`stream record ${record.eventID ?? '?'} has no new image`);
  }
  try {
    const { verification, outbox } = parseVerification(withBytes(image));
    assertHasTime(outbox.delivery);
    return { sequenceNumber, verification, outbox, events: outbox.events.map(parseEvent) };
  } catch (cause) {
    throw new StreamRecordError(`stream record ${sequenceNumber} is not a verification of this project`, {
      cause,
    });
  }
}

/**
 * Checks that the delivery has a valid time of receipt. The ledger computes the expiry of its row from this time. With
 * an invalid time, each try to write the row would fail.
 */
function assertHasTime(delivery: Outbox['delivery']): void {
  if (delivery === null || !Number.isNaN(Date.parse(delivery.receivedAt))) return;
  throw new StreamRecordError('the delivery has no valid time of receipt');
}

/** Converts binary values: Lambda passes them as base64 text, but the SDK expects bytes. */
function withBytes(image: Record<string, StreamValue>): Record<string, AttributeValue> {
  return JSON.parse(JSON.stringify(image), (key, value: unknown) =>
    key === 'B' && typeof value === 'string' ? Buffer.from(value, 'base64') : value,
  );
}
