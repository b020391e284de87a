import { encodeWrite } from '../encode-write.ts';
import { buildUnconfirmedWritesKey } from '../object-keys.ts';
import { encodeUnconfirmedWrites } from '../unconfirmed-object.ts';
import type { VerificationWrite } from '../write.ts';
import type { BucketObject } from './stored-object.ts';

/**
 * The maximum number of unconfirmed writes in a row. It is enough for the statements of a usual case. Without a limit, each
 * delivery of a long case would take longer than the one before.
 */
const maxUnconfirmedWrites = 4;

/** The maximum length of one unconfirmed write in a row, in characters of JSON. A usual write has 3,000 to 6,000. */
const maxUnconfirmedLength = 16 * 1024;

interface WriteWithoutUnconfirmedWrites {
  readonly write: VerificationWrite;
  readonly objects: readonly BucketObject[];
}

/** Moves the unconfirmed writes of a row to the bucket if there are too many, or if the newest is too long for the row. */
export function moveLongUnconfirmedWrites(write: VerificationWrite): WriteWithoutUnconfirmedWrites {
  const { unconfirmed = [] } = write.verification;
  const newest = unconfirmed.at(-1);
  if (newest === undefined) return { write, objects: [] };
  // Each write was the newest once, so this check measures all of them.
  const isLong = encodeWrite(newest).length > maxUnconfirmedLength;
  return isLong || unconfirmed.length > maxUnconfirmedWrites
    ? moveUnconfirmedWritesToBucket(write)
    : { write, objects: [] };
}

/**
 * Moves the unconfirmed writes of a row to the bucket. The row needs no reference to the object: its key names the
 * verification, and `npm run republish` lists all objects. The caller stores the returned objects.
 */
export function moveUnconfirmedWritesToBucket({
  verification: { unconfirmed = [], ...verification },
  outbox,
}: VerificationWrite): WriteWithoutUnconfirmedWrites {
  const write = { verification, outbox };
  const newest = unconfirmed.at(-1);
  if (newest === undefined) return { write, objects: [] };
  const bytes = encodeUnconfirmedWrites(unconfirmed);
  const key = buildUnconfirmedWritesKey(newest.verification);
  return { write, objects: [{ key, bytes, contentType: 'application/json' }] };
}
