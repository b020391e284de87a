import { GetObjectCommand, NoSuchKey, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { unconfirmedWritesPrefix } from '../../verifications/object-keys.ts';
import { decodeUnconfirmedWrites } from '../../verifications/unconfirmed-object.ts';
import type { UnconfirmedWrite } from '../../verifications/verification.ts';

/** Unconfirmed writes in the bucket, oldest first. There is at least one. */
export interface UnconfirmedObject {
  readonly key: string;
  readonly verificationId: string;
  readonly writes: readonly UnconfirmedWrite[];
}

/** An object that has no unconfirmed writes of this project. */
export interface UnreadableObject {
  readonly key: string;
  readonly error: unknown;
}

/** Reads the objects of one verification. @returns the unreadable ones, and then the others, oldest first */
export async function readUnconfirmedObjects(
  s3: S3Client,
  bucket: string,
  keys: readonly string[],
): Promise<(UnconfirmedObject | UnreadableObject)[]> {
  const unreadable: UnreadableObject[] = [];
  const objects: UnconfirmedObject[] = [];
  for (const key of keys) {
    const object = await readObject(s3, bucket, key);
    if (object === null) continue;
    if ('error' in object) unreadable.push(object);
    else objects.push(object);
  }
  return [...unreadable, ...objects.toSorted(compareNewestWrites)];
}

/**
 * Lists all objects below `unconfirmed/`. S3 lists keys in their order, so the keys of one verification are neighbours.
 *
 * @returns the keys of one verification after the other
 */
export async function* listUnconfirmedObjects(
  s3: S3Client,
  Bucket: string,
): AsyncGenerator<readonly string[]> {
  const folderOf = (key: string | undefined) => key?.split('/').slice(0, 3).join('/');
  let ofCase: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2(
    { client: s3 },
    { Bucket, Prefix: unconfirmedWritesPrefix },
  )) {
    for (const { Key: key = '' } of Contents) {
      if (ofCase.length > 0 && folderOf(ofCase[0]) !== folderOf(key)) {
        yield ofCase;
        ofCase = [];
      }
      ofCase.push(key);
    }
  }
  if (ofCase.length > 0) yield ofCase;
}

/** @returns null if the object was deleted after it was listed, because its case has expired */
async function readObject(
  s3: S3Client,
  Bucket: string,
  key: string,
): Promise<UnconfirmedObject | UnreadableObject | null> {
  let bytes: Uint8Array;
  try {
    const { Body: body } = await s3.send(new GetObjectCommand({ Bucket, Key: key }));
    bytes = (await body?.transformToByteArray()) ?? new Uint8Array();
  } catch (error) {
    if (error instanceof NoSuchKey) return null;
    throw error;
  }
  try {
    const writes = decodeUnconfirmedWrites(key, bytes);
    const verificationId = writes[0]?.verification.verificationId ?? '';
    return { key, verificationId, writes };
  } catch (error) {
    return { key, error };
  }
}

/** Orders objects of one verification. The id of a write is random, so the order of keys says nothing. */
function compareNewestWrites(one: UnconfirmedObject, other: UnconfirmedObject): number {
  const [a, b] = [one.writes.at(-1)?.verification, other.writes.at(-1)?.verification];
  if (a === undefined || b === undefined) return 0;
  return a.generation === b.generation ? a.sequence - b.sequence : a.generation < b.generation ? -1 : 1;
}
