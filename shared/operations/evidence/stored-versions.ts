import {
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';

/** The versions of one key in the bucket. */
export interface StoredVersions {
  readonly versions: number;
  readonly deleteMarkers: number;
}

/** Counts the versions of all objects below a prefix, by key. */
export async function countStoredVersions(
  s3: S3Client,
  bucket: string,
  prefix: string,
): Promise<Map<string, StoredVersions>> {
  const found = new Map<string, StoredVersions>();
  let page: ListObjectVersionsCommandOutput | undefined;
  do {
    page = await s3.send(
      new ListObjectVersionsCommand({
        Bucket: bucket,
        Prefix: prefix,
        KeyMarker: page?.NextKeyMarker,
        VersionIdMarker: page?.NextVersionIdMarker,
      }),
    );
    for (const { Key: key = '' } of page.Versions ?? []) {
      const known = found.get(key) ?? none;
      found.set(key, { ...known, versions: known.versions + 1 });
    }
    for (const { Key: key = '' } of page.DeleteMarkers ?? []) {
      const known = found.get(key) ?? none;
      found.set(key, { ...known, deleteMarkers: known.deleteMarkers + 1 });
    }
  } while (page.IsTruncated === true);
  return found;
}

const none: StoredVersions = { versions: 0, deleteMarkers: 0 };

/**
 * Compares the versions in the folder of an archive with its manifest. An object of the archive is written once, so each has
 * one version. This function is pure.
 *
 * @param expected the keys that the manifest names, and the key of the manifest
 * @returns a sentence for each problem
 */
export function findVersionProblems(
  stored: ReadonlyMap<string, StoredVersions>,
  expected: ReadonlySet<string>,
): string[] {
  return [...stored].flatMap(([key, { versions, deleteMarkers }]) => {
    if (deleteMarkers > 0) return [`${key}: a delete marker hides it`];
    if (versions > 1) return [`${key}: has ${versions} versions, but an object is written once`];
    return expected.has(key) ? [] : [`${key}: is in the folder, but the manifest does not name it`];
  });
}
