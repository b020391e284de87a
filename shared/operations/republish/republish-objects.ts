import type { S3Client } from '@aws-sdk/client-s3';
import { findMissingEvents, type HistoryLookup } from './missing-writes.ts';
import { hasRow, putObjectIntoStream, type VerificationsTable } from './put-into-stream.ts';
import {
  listUnconfirmedObjects,
  readUnconfirmedObjects,
  type UnconfirmedObject,
  type UnreadableObject,
} from './unconfirmed-objects.ts';

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
  const cases = listUnconfirmedObjects(bucket.s3, bucket.name);
  for await (const group of takeGroups(cases, parallelCases)) {
    const results = await Promise.all(group.map((keys) => republishCase(keys, bucket, operation)));
    for (const result of results.flat()) {
      checked += 1;
      if (result.kind === 'unreadable') unreadable.push(result.key);
      if (result.kind === 'without row') withoutRow.push(result.key);
      if (result.kind !== 'missing') continue;
      const earlier = missing.get(result.verificationId) ?? [];
      missing.set(result.verificationId, [...earlier, ...result.eventIds]);
    }
  }
  return { checked, missing, withoutRow, unreadable };
}

/** The number of cases that are searched at once. Most of the time of a case is spent waiting for S3 and DynamoDB. */
const parallelCases = 16;

async function* takeGroups<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<readonly T[]> {
  let group: T[] = [];
  for await (const item of items) {
    group.push(item);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

type ObjectResult =
  | { readonly kind: 'published' | 'without row' | 'unreadable'; readonly key: string }
  | { readonly kind: 'missing'; readonly verificationId: string; readonly eventIds: readonly string[] };

/** Publishes the objects of one case, one after the other. */
async function republishCase(
  keys: readonly string[],
  { s3, name }: EvidenceBucket,
  operation: RepublishObjects,
): Promise<ObjectResult[]> {
  const results: ObjectResult[] = [];
  for (const object of await readUnconfirmedObjects(s3, name, keys)) {
    results.push(await republishObject(object, operation));
  }
  return results;
}

async function republishObject(
  object: UnconfirmedObject | UnreadableObject,
  operation: RepublishObjects,
): Promise<ObjectResult> {
  const { key } = object;
  if ('error' in object) return { kind: 'unreadable', key };
  const eventIds = await findMissingEvents(object.writes, operation);
  if (eventIds.length === 0) return { kind: 'published', key };
  const { verificationId } = object;
  return (await publish(object, operation))
    ? { kind: 'missing', verificationId, eventIds }
    : { kind: 'without row', key };
}

/** @returns false if the verification has no row */
function publish({ verificationId, key }: UnconfirmedObject, operation: RepublishObjects): Promise<boolean> {
  return operation.apply
    ? putObjectIntoStream(verificationId, key, operation)
    : hasRow(verificationId, operation);
}
