import { afterEach, beforeEach, expect, test } from 'vitest';
import { createS3CaseObjects } from '../../shared/retention/case-objects.ts';
import { hasObjectLock, holdObjects, releaseObjects } from '../../shared/retention/legal-holds.ts';
import { startVersionedBucket, type VersionedBucket } from '../support/versioned-bucket.ts';

let bucket: VersionedBucket;
beforeEach(async () => {
  bucket = await startVersionedBucket();
});
afterEach(() => bucket.stop());

const prefix = 'evidence/id360/id360!50123/';
const other = {
  key: 'evidence/id360/id360!501234/1.json',
  versionId: 'a',
  lastModified: '2026-11-20T10:00:00.000Z',
};
const version = (name: string, versionId: string) => ({ ...other, key: `${prefix}${name}`, versionId });
const now = new Date('2026-11-28T12:00:00Z');

test('a legal hold protects all versions of a case, and of no other case, until it is removed', async () => {
  // Prepare
  bucket.versions = [other, version('1.json', 'a'), version('1.json', 'b'), version('2.json', 'a')];

  // Act
  const held = await holdObjects(bucket.s3, 'evidence', prefix);

  // Assess
  expect(held).toEqual({ versions: 3, revealed: 0 });
  expect([...bucket.holds]).toEqual([`${prefix}1.json a`, `${prefix}1.json b`, `${prefix}2.json a`]);
  const deletion = createS3CaseObjects(bucket.s3, 'evidence', () => now).deleteAll(prefix);
  await expect(deletion).rejects.toThrow('AccessDenied');
  expect(bucket.versions).toHaveLength(4);

  // Act
  const released = await releaseObjects(bucket.s3, 'evidence', prefix);

  // Assess
  expect(released).toEqual({ versions: 3, revealed: 0 });
  expect([...bucket.holds]).toEqual([]);
});

test('objects of a held case that a lifecycle rule has hidden are visible again, and a release does not touch markers', async () => {
  // Prepare
  const marker = { ...version('1.json', 'm'), isDeleteMarker: true };
  const hidden = { ...version('1.json', 'a'), isLatest: false };
  bucket.versions = [marker, hidden];

  // Act
  await releaseObjects(bucket.s3, 'evidence', prefix);
  expect(bucket.versions).toEqual([marker, hidden]);
  const held = await holdObjects(bucket.s3, 'evidence', prefix);

  // Assess
  expect(held).toEqual({ versions: 1, revealed: 1 });
  expect(bucket.versions).toEqual([hidden]);
});

test('more than 1000 versions are held page by page', async () => {
  bucket.versions = Array.from({ length: 1200 }, (_, index) => version(`${1000 + index}.json`, 'a'));
  expect(await holdObjects(bucket.s3, 'evidence', prefix)).toEqual({ versions: 1200, revealed: 0 });
});

test('a bucket without Object Lock has no legal holds', async () => {
  expect(await hasObjectLock(bucket.s3, 'evidence')).toBe(true);
  bucket.hasObjectLock = false;
  expect(await hasObjectLock(bucket.s3, 'evidence')).toBe(false);
});
