import {
  CreateBucketCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { emulatorCredentials, localRegion } from '../../local/stack/aws-account.ts';
import { CleanupList } from '../../local/stack/cleanup.ts';
import { startSqsAndS3Emulator } from '../../local/stack/emulators/sqs-and-s3-emulator.ts';

const cleanup = new CleanupList();
const Bucket = 'evidence';
const keys = ['a/!1', 'a/&2', 'a/3', 'a/4', 'a/5'];
let s3: S3Client;
beforeAll(async () => {
  const endpoint = await startSqsAndS3Emulator(cleanup);
  s3 = new S3Client({ endpoint, region: localRegion, credentials: emulatorCredentials });
  cleanup.add(() => s3.destroy());
  await s3.send(new CreateBucketCommand({ Bucket }));
  for (const Key of [...keys, 'b/1']) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
});
afterAll(() => cleanup.run());

const list = (input: object) => s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: 'a/', ...input }));

it('the local bucket lists each object below a prefix as its only version', async () => {
  const { Versions: versions, IsTruncated: isTruncated } = await list({});

  expect(versions?.map(({ Key }) => Key)).toEqual(keys.toSorted());
  for (const version of versions ?? [])
    expect(version).toMatchObject({ VersionId: 'null', IsLatest: true, LastModified: expect.any(Date) });
  expect(isTruncated).toBe(false);
});

it('the local bucket lists the versions page by page', async () => {
  const pages: (string | undefined)[][] = [];
  let markers = {};
  for (;;) {
    const {
      Versions = [],
      IsTruncated,
      NextKeyMarker,
      NextVersionIdMarker,
    } = await list({
      MaxKeys: 2,
      ...markers,
    });
    pages.push(Versions.map(({ Key }) => Key));
    if (!IsTruncated) break;
    expect(NextVersionIdMarker).toBe('null');
    markers = { KeyMarker: NextKeyMarker, VersionIdMarker: NextVersionIdMarker };
  }

  expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
  expect(pages.flat()).toEqual(keys.toSorted());
});

it('the local bucket answers an error if the bucket does not exist', async () => {
  await expect(list({ Bucket: 'unknown' })).rejects.toThrow(/bucket does not exist/);
});

it('the local bucket deletes an object by the id of its version', async () => {
  const Objects = [{ Key: 'b/1', VersionId: 'null' }];
  await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));

  expect((await list({ Prefix: 'b/' })).Versions ?? []).toEqual([]);
});
