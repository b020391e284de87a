import {
  DeleteObjectsCommand,
  GetObjectRetentionCommand,
  type ObjectVersion,
  type S3Client,
} from '@aws-sdk/client-s3';
import { ObjectsNotDeleted } from './errors.ts';

/** Versions that S3 must keep, because Object Lock protects them. */
export interface LockedVersions {
  readonly count: number;
  /** The time when S3 may delete the last of them. Null if there are none. */
  readonly until: Date | null;
}

/**
 * Returns the time until which Object Lock protects a version.
 *
 * @returns null if no lock protects the version at this time, so that S3 has refused its deletion for another reason
 */
export async function findLockEnd(
  s3: S3Client,
  bucket: string,
  { Key, VersionId }: ObjectVersion,
  now: Date,
): Promise<Date | null> {
  const { Retention: retention } = await s3.send(
    new GetObjectRetentionCommand({ Bucket: bucket, Key, VersionId }),
  );
  const until = retention?.RetainUntilDate;
  return until !== undefined && until > now ? until : null;
}

/**
 * Hides locked objects behind delete markers. S3's lifecycle rule for old versions deletes a hidden version after its lock.
 * A version that is old already needs no marker, so hiding twice is safe.
 *
 * @throws ObjectsNotDeleted if S3 does not hide all of them
 */
export async function hideLockedVersions(
  s3: S3Client,
  bucket: string,
  versions: readonly ObjectVersion[],
): Promise<void> {
  const current = versions.filter(({ IsLatest: isLatest }) => isLatest === true).map(({ Key }) => ({ Key }));
  if (current.length === 0) return;
  const { Errors: errors = [] } = await s3.send(
    new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: current, Quiet: true } }),
  );
  const codes = [...new Set(errors.map(({ Code: code }) => code))].join(', ');
  if (errors.length > 0)
    throw new ObjectsNotDeleted(`S3 did not hide ${errors.length} locked objects: ${codes}`);
}
