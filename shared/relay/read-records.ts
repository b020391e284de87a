import type { DynamoDBRecord } from 'aws-lambda';
import type { ParkingStore } from './parking.ts';
import { readStreamRecord, type VerificationWriteFromStream } from './stream-record.ts';

/**
 * Reads stream records, and parks the records that cannot be read. Another try would fail in the same way, because
 * reading is a pure function.
 */
export async function readOrParkRecords(
  records: readonly DynamoDBRecord[],
  parking: ParkingStore,
  bucket: string,
) {
  const writes: VerificationWriteFromStream[] = [];
  const unreadable: { readonly record: DynamoDBRecord; readonly error: unknown }[] = [];
  for (const record of records) {
    try {
      writes.push(...readStreamRecord(record, bucket));
    } catch (error) {
      unreadable.push({ record, error });
    }
  }
  const isParked = await Promise.all(
    unreadable.map(({ record, error }) => parking.parkRecord(record, error)),
  );
  return {
    writes,
    /** The sequence numbers of the unreadable records that could not be parked. */
    notParked: unreadable
      .filter((_, index) => isParked[index] !== true)
      .map(({ record }) => record.dynamodb?.SequenceNumber ?? ''),
    parkedCount: isParked.filter(Boolean).length,
  };
}
