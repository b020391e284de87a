import type { DynamoDBRecord } from 'aws-lambda';
import type { Parking } from './parking.ts';
import { readStreamRecord, type StreamedWrite } from './stream-record.ts';

/**
 * Reads stream records, and parks those that cannot be read: reading is a pure function, so another try
 * fails in the same way.
 */
export async function readRecords(records: readonly DynamoDBRecord[], parking: Parking) {
  const writes: StreamedWrite[] = [];
  const unreadable: { readonly record: DynamoDBRecord; readonly error: unknown }[] = [];
  for (const record of records) {
    try {
      writes.push(readStreamRecord(record));
    } catch (error) {
      unreadable.push({ record, error });
    }
  }
  const parked = await Promise.all(unreadable.map(({ record, error }) => parking.record(record, error)));
  return {
    writes,
    /** Sequence numbers of the unreadable records that could not be parked. */
    notParked: unreadable
      .filter((_, index) => parked[index] !== true)
      .map(({ record }) => record.dynamodb?.SequenceNumber ?? ''),
    parkedCount: parked.filter(Boolean).length,
  };
}
