import { afterEach, beforeEach, expect, test } from 'vitest';
import { createS3CaseObjects } from '../../shared/retention/case-objects.ts';
import { startVersionedBucket, type VersionedBucket } from '../support/versioned-bucket.ts';

let bucket: VersionedBucket;
beforeEach(async () => {
  bucket = await startVersionedBucket();
});
afterEach(() => bucket.stop());

const removedAt = new Date('2026-11-28T12:00:00Z');
const old = '2026-11-20T10:00:00.000Z';
const prefix = 'evidence/id360/id360!50123/';
const none = { count: 0, until: null };
const deleteOld = () =>
  createS3CaseObjects(bucket.s3, 'evidence', () => removedAt).deleteBefore(prefix, removedAt);

test('all versions and delete markers below a prefix are deleted, and the objects of other verifications stay', async () => {
  // Prepare
  const others = [
    { key: 'evidence/id360/id360!501/1/report.json', versionId: 'a', lastModified: old },
    { key: 'evidence/id360/id360!501234/1/report.json', versionId: 'b', lastModified: old },
  ];
  bucket.versions = [
    ...others,
    { key: `${prefix}000001/manifest.json`, versionId: 'c', lastModified: old },
    { key: `${prefix}000001/report.json`, versionId: 'd', lastModified: old, isDeleteMarker: true },
    { key: `${prefix}000001/report.json`, versionId: 'e', lastModified: old },
    { key: `${prefix}000001/report.json`, versionId: 'f', lastModified: old },
  ];

  // Act
  const outcome = await deleteOld();

  // Assess
  expect(outcome).toEqual({ deleted: 4, locked: none });
  expect(bucket.versions).toEqual(others);
});

test('versions that are not older than the removal of the row stay, because they may belong to the next generation', async () => {
  // Prepare
  const at = (time: string) => ({ key: `${prefix}${time}`, versionId: 'v', lastModified: time });
  const [before, same, after] = [
    '2026-11-28T11:59:59.000Z',
    '2026-11-28T12:00:00.000Z',
    '2026-11-28T12:00:01.000Z',
  ].map(at);
  if (!before || !same || !after) throw new Error('three versions are expected');
  bucket.versions = [before, same, after];

  // Act
  const outcome = await deleteOld();

  // Assess
  expect(outcome).toEqual({ deleted: 1, locked: none });
  expect(bucket.versions).toEqual([same, after]);
});

test('more than 1000 versions are deleted page by page, with at most 1000 versions in a call', async () => {
  // Prepare
  const number = (index: number) => String(index).padStart(5, '0');
  bucket.versions = Array.from({ length: 1300 }, (_, index) => number(index)).flatMap((name) => [
    { key: `${prefix}${name}`, versionId: '1', lastModified: old },
    { key: `${prefix}${name}`, versionId: '2', lastModified: old },
  ]);

  // Act
  const outcome = await deleteOld();

  // Assess
  expect(outcome).toEqual({ deleted: 2600, locked: none });
  expect(bucket.versions).toEqual([]);
  expect(bucket.deletions).toEqual([1000, 1000, 600]);
});

test('old versions after more than 1000 younger versions are deleted', async () => {
  // Prepare
  const younger = Array.from({ length: 1500 }, (_, index) => ({
    key: `${prefix}1/${String(index).padStart(5, '0')}`,
    versionId: '1',
    lastModified: '2026-11-28T12:00:01.000Z',
  }));
  bucket.versions = [...younger, { key: `${prefix}2/report.json`, versionId: '1', lastModified: old }];

  // Act
  const outcome = await deleteOld();

  // Assess
  expect(outcome).toEqual({ deleted: 1, locked: none });
  expect(bucket.versions).toEqual(younger);
});

test('deleting an empty prefix calls no deletion, so deleting a case twice is safe', async () => {
  expect(await deleteOld()).toEqual({ deleted: 0, locked: none });
  expect(bucket.deletions).toEqual([]);
});

test('the deletion fails if S3 refuses a version, and the error has the code but no key', async () => {
  // Prepare
  const key = `${prefix}000001/report.json`;
  bucket.versions = [{ key, versionId: 'a', lastModified: old }];
  bucket.refusedKeys.add(key);

  // Act
  const deletion = deleteOld();

  // Assess
  await expect(deletion).rejects.toThrow(/^S3 did not delete 1 object versions: AccessDenied$/);
});

test('a locked object is hidden and reported with the end of its lock, and the other objects are deleted', async () => {
  // Prepare
  const [first, second, third] = ['1.json', '2.json', '3.json'].map((name) => `${prefix}${name}`);
  if (!first || !second || !third) throw new Error('three keys are expected');
  bucket.versions = [first, second, third].map((key) => ({ key, versionId: 'a', lastModified: old }));
  bucket.locks.set(first, '2026-12-01T00:00:00.000Z');
  bucket.locks.set(third, '2026-12-03T00:00:00.000Z');

  // Act
  const outcome = await deleteOld();

  // Assess
  expect(outcome).toEqual({ deleted: 1, locked: { count: 2, until: new Date('2026-12-03T00:00:00Z') } });
  expect(bucket.hiddenKeys).toEqual([first, third]);
});

test('a locked version that is hidden already gets no second delete marker, so deleting a case twice is safe', async () => {
  // Prepare
  const key = `${prefix}1.json`;
  bucket.versions = [{ key, versionId: 'a', lastModified: old, isLatest: false }];
  bucket.locks.set(key, '2026-12-01T00:00:00.000Z');

  // Act
  const outcome = await deleteOld();

  // Assess
  expect(outcome).toEqual({ deleted: 0, locked: { count: 1, until: new Date('2026-12-01T00:00:00Z') } });
  expect(bucket.hiddenKeys).toEqual([]);
});

test('locked versions on several pages are each counted once, and do not stop the deletion of the others', async () => {
  // Prepare
  const keys = Array.from({ length: 2500 }, (_, index) => `${prefix}${String(index).padStart(5, '0')}`);
  bucket.versions = keys.map((key) => ({ key, versionId: 'a', lastModified: old }));
  for (const key of keys.slice(0, 1200)) bucket.locks.set(key, '2026-12-01T00:00:00.000Z');

  // Act
  const outcome = await deleteOld();

  // Assess
  expect(outcome).toMatchObject({ deleted: 1300, locked: { count: 1200 } });
  expect(bucket.hiddenKeys).toEqual(keys.slice(0, 1200));
});

test('the deletion fails if S3 refuses a version whose lock has ended, because something else protects it', async () => {
  // Prepare
  const key = `${prefix}1.json`;
  bucket.versions = [{ key, versionId: 'a', lastModified: old }];
  bucket.locks.set(key, '2026-11-28T12:00:00.000Z');

  // Act
  const deletion = deleteOld();

  // Assess
  await expect(deletion).rejects.toThrow(/^S3 did not delete 1 object versions: AccessDenied$/);
  expect(bucket.hiddenKeys).toEqual([]);
});

const deleteAll = () => createS3CaseObjects(bucket.s3, 'evidence', () => removedAt).deleteAll(prefix);

test('an erasure deletes all versions and delete markers, however young they are', async () => {
  // Prepare
  const young = '2026-11-28T12:00:05.000Z';
  const other = { key: 'evidence/id360/id360!501234/1/report.json', versionId: 'b', lastModified: old };
  bucket.versions = [
    other,
    { key: `${prefix}1.json`, versionId: 'm', lastModified: young, isDeleteMarker: true },
    { key: `${prefix}1.json`, versionId: 'a', lastModified: young, isLatest: false },
    { key: `${prefix}2.json`, versionId: 'a', lastModified: old },
  ];

  // Act
  const outcome = await deleteAll();

  // Assess
  expect(outcome).toEqual({ deleted: 3, locked: none });
  expect(bucket.versions).toEqual([other]);
});

test('erasing again keeps the delete markers that hide locked versions, and deletes the others', async () => {
  // Prepare
  const key = `${prefix}1.json`;
  const hidden = [
    { key, versionId: 'm', lastModified: old, isDeleteMarker: true },
    { key, versionId: 'a', lastModified: old, isLatest: false },
  ];
  bucket.versions = [
    ...hidden,
    { key: `${prefix}2.json`, versionId: 'm', lastModified: old, isDeleteMarker: true },
  ];
  bucket.locks.set(key, '2026-12-01T00:00:00.000Z');

  // Act
  const outcome = await deleteAll();

  // Assess
  expect(outcome).toEqual({ deleted: 1, locked: { count: 1, until: new Date('2026-12-01T00:00:00Z') } });
  expect(bucket.versions).toEqual(hidden);
  expect(bucket.hiddenKeys).toEqual([]);
});

test('an erasure hides a locked version, and reports the end of its lock', async () => {
  // Prepare
  const key = `${prefix}1.json`;
  bucket.versions = [{ key, versionId: 'a', lastModified: old }];
  bucket.locks.set(key, '2026-12-01T00:00:00.000Z');

  // Act
  const outcome = await deleteAll();

  // Assess
  expect(outcome.locked).toEqual({ count: 1, until: new Date('2026-12-01T00:00:00Z') });
  expect(new Set(bucket.hiddenKeys)).toEqual(new Set([key]));
});
