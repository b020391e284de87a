import {
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandInput,
  type ListObjectVersionsCommandOutput,
  type ObjectIdentifier,
  type S3Client,
} from '@aws-sdk/client-s3';
import { IdvError } from '../platform/errors.ts';

/** The objects of verifications in the bucket. */
export interface CaseObjects {
  /**
   * Deletes all versions of objects, and all delete markers, that are below a prefix and older than a time.
   *
   * @returns the number of deleted versions and delete markers
   * @throws ObjectsNotDeleted if S3 does not delete all of them
   */
  deleteBefore(prefix: string, time: Date): Promise<number>;
}

/** Thrown if S3 does not delete all versions of a call. Its message has S3's error codes, but no keys. */
class ObjectsNotDeleted extends IdvError {
  override readonly name = 'ObjectsNotDeleted';
}

/**
 * Creates the access to the bucket in S3. It holds one page in memory: at most 1000 versions, which is also the maximum
 * that one call of DeleteObjects deletes.
 */
export function createS3CaseObjects(s3: S3Client, bucket: string): CaseObjects {
  return {
    async deleteBefore(prefix, time) {
      let count = 0;
      let marker: VersionMarker | null = {};
      while (marker !== null) {
        const page: ListObjectVersionsCommandOutput = await s3.send(
          new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, ...marker }),
        );
        const old = selectOlder(page, time);
        if (old.length > 0) await deleteVersions(old);
        count += old.length;
        if (page.IsTruncated !== true) marker = null;
        else if (old.length === 0) marker = markerAfter(page);
        // Otherwise list from the same marker again. The last version of this page may be deleted now, and S3 does not
        // document where a listing continues after a deleted version.
      }
      return count;
    },
  };

  async function deleteVersions(versions: ObjectIdentifier[]): Promise<void> {
    const { Errors: errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: versions, Quiet: true } }),
    );
    if (errors.length === 0) return;
    const codes = [...new Set(errors.map(({ Code: code }) => code))].join(', ');
    throw new ObjectsNotDeleted(`S3 did not delete ${errors.length} object versions: ${codes}`);
  }
}

/** The version after which a listing begins. An empty object begins with the first version. */
type VersionMarker = Pick<ListObjectVersionsCommandInput, 'KeyMarker' | 'VersionIdMarker'>;

function markerAfter(page: ListObjectVersionsCommandOutput): VersionMarker {
  return { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
}

/**
 * Selects the versions and delete markers of a page that are older than a time. S3 rounds the time of a version down to
 * a second. So a version of the same second as the time may be younger, and stays.
 */
function selectOlder(
  { Versions: versions = [], DeleteMarkers: markers = [] }: ListObjectVersionsCommandOutput,
  time: Date,
): ObjectIdentifier[] {
  return [...versions, ...markers].flatMap(({ Key, VersionId, LastModified }) =>
    Key !== undefined && LastModified !== undefined && LastModified < time ? [{ Key, VersionId }] : [],
  );
}
