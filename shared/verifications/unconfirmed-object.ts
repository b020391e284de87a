import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { buildStreamRecord, decodeImageBytes } from './build-stream-record.ts';
import { buildUnconfirmedWritesKey } from './object-keys.ts';
import type { UnconfirmedWrite } from './verification.ts';
import { parseVerificationItem } from './verification-row.ts';

/** Each record is checked again when its image is parsed. */
const Content = z.object({ Records: z.array(z.custom<DynamoDBRecord>((record) => record !== null)) });

/** Encodes unconfirmed writes as the content of an object: one stream record per write, as the relay reads it. */
export function encodeUnconfirmedWrites(writes: readonly UnconfirmedWrite[]): Buffer {
  return Buffer.from(JSON.stringify({ Records: writes.map(buildStreamRecord) }));
}

/**
 * Reads the stream records of an object.
 *
 * @throws Error if the content is not that of `encodeUnconfirmedWrites`
 */
export function decodeUnconfirmedRecords(bytes: Uint8Array): readonly DynamoDBRecord[] {
  return Content.parse(JSON.parse(Buffer.from(bytes).toString())).Records;
}

/**
 * Reads the writes of an object, oldest first.
 *
 * @throws Error if the content is not that of `encodeUnconfirmedWrites`, or if the key is not that of these writes
 */
export function decodeUnconfirmedWrites(key: string, bytes: Uint8Array): readonly UnconfirmedWrite[] {
  const writes = decodeUnconfirmedRecords(bytes).map(({ dynamodb }) =>
    parseVerificationItem(decodeImageBytes(dynamodb?.NewImage ?? {})),
  );
  const newest = writes.at(-1)?.verification;
  if (newest === undefined || buildUnconfirmedWritesKey(newest) !== key)
    throw new Error('the key of an object does not name the newest write in it');
  return writes;
}
