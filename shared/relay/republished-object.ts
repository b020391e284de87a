import type { DynamoDBRecord } from 'aws-lambda';
import type { BlobReader } from '../platform/blob-store.ts';
import { decodeUnconfirmedRecords } from '../verifications/unconfirmed-object.ts';
import { republishedObjectAttribute } from '../verifications/verification-row.ts';
import { isBelowUnconfirmed } from './find-foreign-content.ts';
import { readStreamRecord, StreamRecordError, type VerificationWriteFromStream } from './stream-record.ts';

/**
 * Reads a stream record, and the object that it names: `npm run republish` has then put the row into the stream again to
 * publish writes that are in the bucket. Such a record has the writes of the object, and not those of the row, so
 * that the relay holds one object per record in memory.
 *
 * @throws StreamRecordError if the record or its object has not the writes of this verification
 * @throws BlobStoreError if the object could not be read; another try may succeed
 */
export async function readRecordAndObject(
  record: DynamoDBRecord,
  bucket: string,
  objects: BlobReader,
): Promise<VerificationWriteFromStream[]> {
  const { NewImage: image, SequenceNumber: sequenceNumber = '' } = record.dynamodb ?? {};
  const key = image?.[republishedObjectAttribute]?.S;
  const own = readStreamRecord(record, bucket);
  const verification = own.at(-1)?.verification;
  if (key === undefined || verification === undefined) return own;
  if (!isBelowUnconfirmed(verification, key))
    throw new StreamRecordError(`stream record ${sequenceNumber} is refused: it names a foreign object`);
  const { verificationId } = verification;
  return readRecords(await objects.get(key), sequenceNumber).flatMap((inObject, index) => {
    const writes = readStreamRecord(inObject, bucket);
    if (writes.some((write) => write.verification.verificationId !== verificationId))
      throw new StreamRecordError(`stream record ${sequenceNumber} names an object with a foreign write`);
    // Lambda knows only the sequence number of the record that names the object.
    return writes.map((write) => ({ ...write, sequenceNumber, name: `object-${index + 1}` }));
  });
}

function readRecords(bytes: Uint8Array | null, sequenceNumber: string): readonly DynamoDBRecord[] {
  if (bytes === null) throw new StreamRecordError(`stream record ${sequenceNumber} names a missing object`);
  try {
    return decodeUnconfirmedRecords(bytes);
  } catch (cause) {
    throw new StreamRecordError(`stream record ${sequenceNumber} names an object without records`, { cause });
  }
}
