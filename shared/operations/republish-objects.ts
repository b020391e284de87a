import type { S3Client } from '@aws-sdk/client-s3';
import { findMissingEvents, type HistoryLookup } from './missing-writes.ts';
import { hasRow, putObjectIntoStream, type VerificationsTable } from './put-into-stream.ts';
import { scanUnconfirmedObjects, type UnconfirmedObject } from './scan-unconfirmed-objects.ts';

/** The bucket, and access to it. */
export interface EvidenceBucket {
  readonly s3: S3Client;
  readonly name: string;
}

interface RepublishObjects extends HistoryLookup, VerificationsTable {
  /** False for a dry run, which writes nothing. */
  readonly apply: boolean;
}

export interface RepublishedObjects {
  /** The number of objects that were read. */
  readonly checked: number;
  /** The events that were never published, oldest first, by the verification. */
  readonly missing: ReadonlyMap<string, readonly string[]>;
  /** The keys of objects with events that were never published, but whose verification has no row. */
  readonly withoutRow: readonly string[];
  /** The keys of objects that have no writes of this project. */
  readonly unreadable: readonly string[];
}

/**
 * Publishes the writes in the bucket that the relay has never seen. A row that had too many unconfirmed writes, or long
 * ones, has moved them there (decision record 043). This function names each object with missing writes in the row, one
 * after the other. The stream keeps the order of changes of a row, so the relay publishes the objects in this order.
 */
export async function republishMissingObjects(
  bucket: EvidenceBucket,
  operation: RepublishObjects,
): Promise<RepublishedObjects> {
  const missing = new Map<string, readonly string[]>();
  const withoutRow: string[] = [];
  const unreadable: string[] = [];
  let checked = 0;
  for await (const object of scanUnconfirmedObjects(bucket.s3, bucket.name)) {
    checked += 1;
    if ('error' in object) {
      unreadable.push(object.key);
      continue;
    }
    const eventIds = await findMissingEvents(object.writes, operation);
    if (eventIds.length === 0) continue;
    if (await publish(object, operation)) {
      const earlier = missing.get(object.verificationId) ?? [];
      missing.set(object.verificationId, [...earlier, ...eventIds]);
    } else withoutRow.push(object.key);
  }
  return { checked, missing, withoutRow, unreadable };
}

/** @returns false if the verification has no row */
function publish({ verificationId, key }: UnconfirmedObject, operation: RepublishObjects): Promise<boolean> {
  return operation.apply
    ? putObjectIntoStream(verificationId, key, operation)
    : hasRow(verificationId, operation);
}
