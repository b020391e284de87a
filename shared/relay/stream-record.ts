import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord, AttributeValue as StreamValue } from 'aws-lambda';
import { IdvError } from '../platform/errors.ts';
import type { Outbox } from '../verifications/outbox.ts';
import type { Verification } from '../verifications/verification.ts';
import { parseVerification } from '../verifications/verification-store.ts';
import { type EventMessage, eventMessage } from './event-message.ts';
import { findForeignContent } from './find-foreign-content.ts';

/** One write of a verification, as the stream tells of it. */
export interface StreamedWrite {
  /** Names the record in a partial batch answer. */
  readonly sequenceNumber: string;
  /** As it came, to be parked whole. */
  readonly record: DynamoDBRecord;
  readonly verification: Verification;
  readonly outbox: Outbox;
  /** The events of the outbox, as the queue gets them. */
  readonly messages: readonly EventMessage[];
}

/** A record of the stream that no later delivery of it makes readable. */
export class StreamRecordError extends IdvError {
  override readonly name = 'StreamRecordError';
}

/**
 * Reads a record of the stream of `Verifications`.
 *
 * @throws StreamRecordError if it is not a write of ours, or if it holds messages about another verification
 */
export function readStreamRecord(record: DynamoDBRecord): StreamedWrite {
  const write = readWrite(record);
  const foreign = findForeignContent(write.verification, write.outbox);
  if (foreign === null) return write;
  throw new StreamRecordError(
    `stream record ${write.sequenceNumber} is refused: ${foreign}; find out who wrote the item`,
  );
}

function readWrite(record: DynamoDBRecord): StreamedWrite {
  const image = record.dynamodb?.NewImage;
  const sequenceNumber = record.dynamodb?.SequenceNumber;
  if (image === undefined || sequenceNumber === undefined) {
    throw new StreamRecordError(`stream record ${record.eventID ?? '?'} has no new image`);
  }
  try {
    const { verification, outbox } = parseVerification(withBytes(image));
    assertDated(outbox.delivery);
    return { sequenceNumber, record, verification, outbox, messages: outbox.events.map(eventMessage) };
  } catch (cause) {
    throw new StreamRecordError(`stream record ${sequenceNumber} is not a verification of ours`, { cause });
  }
}

/** The ledger's row is kept for so long from then; a row without a number there would fail each time. */
function assertDated(delivery: Outbox['delivery']): void {
  if (delivery === null || !Number.isNaN(Date.parse(delivery.receivedAt))) return;
  throw new StreamRecordError('the delivery has no time of receipt');
}

/** Lambda hands over binary values as base64 text, where the SDK has bytes. */
function withBytes(image: Record<string, StreamValue>): Record<string, AttributeValue> {
  return JSON.parse(JSON.stringify(image), (key, value: unknown) =>
    key === 'B' && typeof value === 'string' ? Buffer.from(value, 'base64') : value,
  );
}
