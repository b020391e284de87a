import {
  DeleteObjectCommand,
  GetObjectLockConfigurationCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutObjectLegalHoldCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';

/** What a change of legal holds has done to the objects below a prefix. */
export interface HeldObjects {
  /** The number of versions whose legal hold was set or removed. */
  readonly versions: number;
  /** The number of objects that a delete marker had hidden, and that are visible again. */
  readonly revealed: number;
}

/** Checks whether a bucket can hold objects. Only buckets that were created with Object Lock can. */
export async function hasObjectLock(s3: S3Client, Bucket: string): Promise<boolean> {
  try {
    const { ObjectLockConfiguration: lock } = await s3.send(
      new GetObjectLockConfigurationCommand({ Bucket }),
    );
    return lock?.ObjectLockEnabled === 'Enabled';
  } catch (error) {
    if (error instanceof S3ServiceException && isWithoutLock(error)) return false;
    throw error;
  }
}

/** S3 answers 404. An emulator without Object Lock answers 501, or with another document. */
function isWithoutLock({ name, $metadata }: S3ServiceException): boolean {
  return name === 'ObjectLockConfigurationNotFoundError' || $metadata.httpStatusCode === 501;
}

/**
 * Puts all versions of objects below a prefix under a legal hold. Nobody can delete them then. S3's lifecycle rules can still
 * hide them behind a delete marker, so this also removes the delete markers.
 */
export async function holdObjects(s3: S3Client, bucket: string, prefix: string): Promise<HeldObjects> {
  return changeHolds(s3, bucket, prefix, 'ON');
}

/** Removes the legal holds of all versions of objects below a prefix. */
export async function releaseObjects(s3: S3Client, bucket: string, prefix: string): Promise<HeldObjects> {
  return changeHolds(s3, bucket, prefix, 'OFF');
}

async function changeHolds(
  s3: S3Client,
  Bucket: string,
  Prefix: string,
  Status: 'ON' | 'OFF',
): Promise<HeldObjects> {
  let versions = 0;
  let revealed = 0;
  let marker: Pick<ListObjectVersionsCommandOutput, 'NextKeyMarker' | 'NextVersionIdMarker'> = {};
  for (;;) {
    const page: ListObjectVersionsCommandOutput = await s3.send(
      new ListObjectVersionsCommand({
        Bucket,
        Prefix,
        KeyMarker: marker.NextKeyMarker,
        VersionIdMarker: marker.NextVersionIdMarker,
      }),
    );
    for (const { Key, VersionId } of page.Versions ?? []) {
      await s3.send(new PutObjectLegalHoldCommand({ Bucket, Key, VersionId, LegalHold: { Status } }));
      versions += 1;
    }
    for (const { Key, VersionId } of Status === 'ON' ? (page.DeleteMarkers ?? []) : []) {
      await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
      revealed += 1;
    }
    if (page.IsTruncated !== true) return { versions, revealed };
    marker = page;
  }
}
