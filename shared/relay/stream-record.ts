import type { DynamoDBRecord } from 'aws-lambda';
import { VerificationEvent } from '../contract/verification-event.ts';
import { IdvError } from '../platform/errors.ts';
import { buildEvent } from '../verifications/build-event.ts';
import { decodeImageBytes } from '../verifications/build-stream-record.ts';
import type { Outbox } from '../verifications/outbox.ts';
import type { UnconfirmedWrite, VerificationAfterWrite } from '../verifications/verification.ts';
import { parseVerificationItem, republishedAtAttribute } from '../verifications/verification-row.ts';
import { findContentOfOtherVerification } from './find-foreign-content.ts';

/** One write of a verification, read from the stream. */
export interface VerificationWriteFromStream {
  /** The sequence number of the record. The relay reports this number if Lambda must deliver the record again. */
  readonly sequenceNumber: string;
  /** The unchanged record, which the relay parks if its row in the history is refused permanently. */
  readonly record: DynamoDBRecord;
  /** The write's name within the record: `earlier-1` is the first unconfirmed write; null for the record's own write. */
  readonly name: string | null;
  readonly verification: VerificationAfterWrite;
  readonly outbox: Outbox;
  /** The event of the write; null if the write publishes no event. */
  readonly event: VerificationEvent | null;
}

/** Thrown if a stream record cannot be read. Delivering the record again would not help. */
export class StreamRecordError extends IdvError {
  override readonly name = 'StreamRecordError';
}

/**
 * Reads a record of the stream of `Verifications`, and builds its event. A record has one write. If `npm run republish` has
 * put the row into the stream again, the record also has the unconfirmed writes that the row carries, oldest first.
 *
 * @param bucket the evidence bucket
 * @throws StreamRecordError if the record is not a write of this project, or contains data of another verification
 */
export function readStreamRecord(record: DynamoDBRecord, bucket: string): VerificationWriteFromStream[] {
  const writes = readWrites(record);
  for (const { verification, outbox, sequenceNumber } of writes) {
    const foreign = findContentOfOtherVerification(verification, outbox, bucket);
    if (foreign === null) continue;
    throw new StreamRecordError(
      `stream record ${sequenceNumber} is refused: ${foreign}; find out who wrote the item`,
    );
  }
  return writes;
}

function readWrites(record: DynamoDBRecord): VerificationWriteFromStream[] {
  const image = record.dynamodb?.NewImage;
  const sequenceNumber = record.dynamodb?.SequenceNumber;
  if (image === undefined || sequenceNumber === undefined) {
    throw new StreamRecordError(`stream record ${record.eventID ?? '?'} has no new image`);
  }
  try {
    const { verification, outbox } = parseVerificationItem(decodeImageBytes(image));
    const { unconfirmed = [], ...own } = verification;
    const earlier = republishedAtAttribute in image ? unconfirmed : [];
    return [
      ...earlier.map((write, index) => ({ ...readWrite(write), name: `earlier-${index + 1}` })),
      { ...readWrite({ verification: own, outbox }), name: null },
    ].map((write) => ({ ...write, sequenceNumber, record }));
  } catch (cause) {
    throw new StreamRecordError(`stream record ${sequenceNumber} is not a verification of this project`, {
      cause,
    });
  }
}

function readWrite({ verification, outbox }: UnconfirmedWrite) {
  assertIsTime(verification.receivedAt);
  if (outbox.delivery !== null) assertIsTime(outbox.delivery.receivedAt);
  const event = outbox.event && VerificationEvent.parse(buildEvent(verification, outbox.event));
  return { verification, outbox, event };
}

/**
 * Checks that a time of receipt is an instant. The history computes the expiry of its row from this time. With an invalid
 * time, each try to write the row would fail.
 */
function assertIsTime(receivedAt: string): void {
  if (Number.isNaN(Date.parse(receivedAt))) throw new StreamRecordError('a time of receipt is not valid');
}
