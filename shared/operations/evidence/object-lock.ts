import { HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ExpectedLock } from '../stack/operated-stack.ts';

/** The lock of a stored object, and when it was stored. */
export interface StoredLock {
  readonly mode: string | null;
  readonly until: Date | null;
  readonly storedAt: Date | null;
}

/** Reads the lock of an object. @throws the error of S3 if there is no such object */
export async function readObjectLock(s3: S3Client, bucket: string, key: string): Promise<StoredLock> {
  const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  return {
    mode: head.ObjectLockMode ?? null,
    until: head.ObjectLockRetainUntilDate ?? null,
    storedAt: head.LastModified ?? null,
  };
}

const dayMs = 24 * 3600_000;

/**
 * Compares the lock of an object with the lock of its stage. This function is pure.
 *
 * @param expected null if the stage locks no objects
 * @returns what is wrong; null if the lock is as it should be
 */
export function findLockProblem(
  { mode, until, storedAt }: StoredLock,
  expected: ExpectedLock | null,
): string | null {
  if (expected === null) return null;
  if (mode === null || until === null) return 'is not locked, but the stage locks each object';
  const isAsStrict = mode === 'COMPLIANCE' || expected.mode === 'governance';
  if (!isAsStrict) return `is locked in the mode ${mode}, but the stage sets ${expected.mode}`;
  // S3 rounds the end of a lock, so an hour less is no problem.
  const least = (storedAt?.getTime() ?? 0) + expected.days * dayMs - 3600_000;
  return until.getTime() < least ? `is locked only until ${until.toISOString()}` : null;
}
