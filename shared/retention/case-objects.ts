import {
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandInput,
  type ListObjectVersionsCommandOutput,
  type ObjectVersion,
  type S3Client,
} from '@aws-sdk/client-s3';
import { ObjectsNotDeleted } from './errors.ts';
import { findLockEnd, hideLockedVersions, type LockedVersions } from './locked-versions.ts';

/** What a deletion has done to the objects below a prefix. */
export interface DeletedObjects {
  /** The number of deleted versions and delete markers. */
  readonly deleted: number;
  /** The versions that S3 deletes later, after their lock. Until then, a delete marker hides them. */
  readonly locked: LockedVersions;
}

/** The objects of verifications in the bucket. */
export interface CaseObjects {
  /**
   * Deletes all versions of objects, and all delete markers, that are below a prefix and older than a time. Versions that
   * Object Lock protects are hidden.
   *
   * @throws ObjectsNotDeleted if S3 does not delete all others
   */
  deleteBefore(prefix: string, time: Date): Promise<DeletedObjects>;
  /**
   * Deletes all versions of objects below a prefix, whatever their age. Versions that Object Lock protects are hidden.
   * Doing it again is safe: the delete markers of locked objects stay.
   *
   * @throws ObjectsNotDeleted if S3 does not delete all others
   */
  deleteAll(prefix: string): Promise<DeletedObjects>;
  /** Counts the versions and delete markers below a prefix. */
  count(prefix: string): Promise<number>;
}

/**
 * Creates the access to the bucket in S3. It holds one page in memory: at most 1000 versions, which is also the maximum
 * that one call of DeleteObjects deletes. It also holds the ids of locked versions.
 */
export function createS3CaseObjects(s3: S3Client, bucket: string, now: () => Date): CaseObjects {
  return {
    async deleteBefore(prefix, time) {
      const { deleted, lockEnds } = await deleteSelected(prefix, (page) => selectOlder(page, time));
      return { deleted, locked: { count: lockEnds.size, until: latest([...lockEnds.values()]) } };
    },
    async deleteAll(prefix) {
      const versions = await deleteSelected(prefix, ({ Versions = [] }) => Versions);
      const left = new Set<string | undefined>();
      for await (const { Versions = [] } of listPages(prefix)) {
        for (const { Key } of Versions) left.add(Key);
        // A locked version becomes the current one if a later version without a lock is deleted.
        await hideLockedVersions(s3, bucket, Versions);
      }
      // The other delete markers hide locked versions.
      const markers = await deleteSelected(prefix, ({ DeleteMarkers = [] }) =>
        DeleteMarkers.filter(({ Key }) => !left.has(Key)),
      );
      const { lockEnds } = versions;
      return {
        deleted: versions.deleted + markers.deleted,
        locked: { count: lockEnds.size, until: latest([...lockEnds.values()]) },
      };
    },
    async count(prefix) {
      let count = 0;
      for await (const { Versions = [], DeleteMarkers = [] } of listPages(prefix))
        count += Versions.length + DeleteMarkers.length;
      return count;
    },
  };

  function listPage(prefix: string, marker: VersionMarker): Promise<ListObjectVersionsCommandOutput> {
    return s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, ...marker }));
  }

  async function* listPages(prefix: string): AsyncGenerator<ListObjectVersionsCommandOutput> {
    let marker: VersionMarker | null = {};
    while (marker !== null) {
      const page: ListObjectVersionsCommandOutput = await listPage(prefix, marker);
      yield page;
      marker = page.IsTruncated === true ? markerAfter(page) : null;
    }
  }

  /** @returns the number of deleted versions, and the ends of the locks of the others */
  async function deleteSelected(
    prefix: string,
    select: (page: ListObjectVersionsCommandOutput) => readonly ObjectVersion[],
  ): Promise<{ readonly deleted: number; readonly lockEnds: ReadonlyMap<string, Date> }> {
    const lockEnds = new Map<string, Date>();
    let deleted = 0;
    let marker: VersionMarker | null = {};
    while (marker !== null) {
      const page: ListObjectVersionsCommandOutput = await listPage(prefix, marker);
      const selected = select(page).filter((version) => !lockEnds.has(idOf(version)));
      const locked = selected.length === 0 ? new Map<ObjectVersion, Date>() : await deleteVersions(selected);
      for (const [version, until] of locked) lockEnds.set(idOf(version), until);
      await hideLockedVersions(s3, bucket, [...locked.keys()]);
      deleted += selected.length - locked.size;
      if (page.IsTruncated !== true) marker = null;
      else if (selected.length === locked.size) marker = markerAfter(page);
      // Otherwise list from the same marker again. The last version of this page may be deleted now, and S3 does not
      // document where a listing continues after a deleted version.
    }
    return { deleted, lockEnds };
  }

  /** @returns the versions that are locked, with the ends of their locks */
  async function deleteVersions(versions: readonly ObjectVersion[]): Promise<Map<ObjectVersion, Date>> {
    const identifiers = versions.map(({ Key, VersionId }) => ({ Key, VersionId }));
    const { Errors: errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: identifiers, Quiet: true } }),
    );
    const locked = new Map<ObjectVersion, Date>();
    const others: string[] = [];
    for (const error of errors) {
      const version = versions.find((each) => each.Key === error.Key && each.VersionId === error.VersionId);
      const until =
        version && error.Code === 'AccessDenied' ? await findLockEnd(s3, bucket, version, now()) : null;
      if (version && until !== null) locked.set(version, until);
      else others.push(error.Code ?? 'unknown');
    }
    if (others.length === 0) return locked;
    const codes = [...new Set(others)].join(', ');
    throw new ObjectsNotDeleted(`S3 did not delete ${others.length} object versions: ${codes}`);
  }
}

const idOf = ({ Key, VersionId }: ObjectVersion): string => `${VersionId} ${Key}`;

function latest(times: readonly Date[]): Date | null {
  return times.reduce<Date | null>((last, time) => (last === null || time > last ? time : last), null);
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
): ObjectVersion[] {
  return [...versions, ...markers].filter(
    ({ Key, LastModified }) => Key !== undefined && LastModified !== undefined && LastModified < time,
  );
}
