import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord, AttributeValue as StreamValue } from 'aws-lambda';
import { VerificationEvent } from '../contract/verification-event.ts';
import { IdvError } from '../platform/errors.ts';
import { buildEvent } from '../verifications/build-event.ts';
import type { Outbox } from '../verifications/outbox.ts';
import type { Verification } from '../verifications/verification.ts';
import { parseVerificationItem } from '../verifications/verification-row.ts';
import { findContentOfOtherVerification } from './find-foreign-content.ts';

/** One write of a verification, read from the stream. */
export interface VerificationWriteFromStream {
  /** The sequence number of the record. The relay reports this number if Lambda must deliver the record again. */
  readonly sequenceNumber: string;
  /** The unchanged record, which the relay parks if its row in the history is refused permanently. */
  readonly record: DynamoDBRecord;
  readonly verification: Verification;
  readonly outbox: Outbox;
  /** The event of the write; null if the write publishes no event. */
  readonly event: VerificationEvent | null;
}

/** Thrown if a stream record cannot be read. Delivering the record again would not help. */
export class StreamRecordError extends IdvError {
  override readonly name = 'StreamRecordError';
}

/**
 * Reads a record of the stream of `Verifications`, and builds its event.
 *
 * @param bucket the evidence bucket
 * @throws StreamRecordError if the record is not a write of this project, or contains data of another verification
 */
export function readStreamRecord(record: DynamoDBRecord, bucket: string): VerificationWriteFromStream {
  const write = readWrite(record);
  const foreign = findContentOfOtherVerification(write.verification, write.outbox, bucket);
  if (foreign === null) return { ...write, record };
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
    const { verification, outbox } = parseVerificationItem(withBytes(image));
    assertIsTime(verification.receivedAt);
    if (outbox.delivery !== null) assertIsTime(outbox.delivery.receivedAt);
    const event = outbox.event && VerificationEvent.parse(buildEvent(verification, outbox.event));
    return { sequenceNumber, verification, outbox, event };
  } catch (cause) {
    throw new StreamRecordError(`stream record ${sequenceNumber} is not a verification of this project`, {
      cause,
    });
  }
}

/**
 * Checks that a time of receipt is an instant. The history computes the expiry of its row from this time. With an invalid
 * time, each try to write the row would fail.
 */
function assertIsTime(receivedAt: string): void {
  if (Number.isNaN(Date.parse(receivedAt))) throw new StreamRecordError('a time of receipt is not valid');
}

/** Converts binary values: Lambda passes them as base64 text, but the SDK expects bytes. */
function withBytes(image: Record<string, StreamValue>): Record<string, AttributeValue> {
  return JSON.parse(JSON.stringify(image), (key, value: unknown) =>
    key === 'B' && typeof value === 'string' ? Buffer.from(value, 'base64') : value,
  );
}
