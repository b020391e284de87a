import type { DynamoDBRecord } from 'aws-lambda';
import { type BlobReader, BlobStoreError } from '../platform/blob-store.ts';
import type { Telemetry } from '../platform/telemetry.ts';
import type { ParkingStore } from './parking.ts';
import { readRecordAndObject } from './republished-object.ts';
import type { VerificationWriteFromStream } from './stream-record.ts';

interface Reading {
  readonly parking: ParkingStore;
  /** The evidence bucket. */
  readonly bucket: string;
  readonly objects: BlobReader;
  readonly telemetry: Telemetry;
}

/**
 * Reads stream records, and parks the records that cannot be read, because another try would fail in the same way. If the
 * object of a record could not be read this time, this record and all later ones are left to the next try: later writes
 * must not be sent before earlier ones.
 */
export async function readOrParkRecords(
  records: readonly DynamoDBRecord[],
  { parking, bucket, objects, telemetry }: Reading,
) {
  const writes: VerificationWriteFromStream[] = [];
  const unreadable: { readonly record: DynamoDBRecord; readonly error: unknown }[] = [];
  let later: readonly DynamoDBRecord[] = [];
  for (const [index, record] of records.entries()) {
    try {
      writes.push(...(await readRecordAndObject(record, bucket, objects)));
    } catch (error) {
      if (error instanceof BlobStoreError) {
        telemetry.error('an object of unconfirmed writes could not be read; the relay tries again', error);
        later = records.slice(index);
        break;
      }
      unreadable.push({ record, error });
    }
  }
  const isParked = await Promise.all(
    unreadable.map(({ record, error }) => parking.parkRecord(record, error)),
  );
  const notParked = unreadable.filter((_, index) => isParked[index] !== true).map(({ record }) => record);
  return {
    writes,
    /** The sequence numbers of the records that Lambda must deliver again. */
    notRead: [...notParked, ...later].map(({ dynamodb }) => dynamodb?.SequenceNumber ?? ''),
    parkedCount: isParked.filter(Boolean).length,
  };
}
