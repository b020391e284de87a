import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NotFound,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { s3Archive } from '../../shared/evidence/archive.ts';
import { archiveArtifact } from '../../shared/evidence/archive-artifact.ts';

const MiB = 1024 ** 2;
const s3 = mockClient(S3Client);
afterAll(() => s3.restore());
const archive = s3Archive(new S3Client({ region: 'eu-west-1' }), 'bucket');
const inTime = () => AbortSignal.timeout(30_000);

const refused = (status: number) =>
  new S3ServiceException({
    name: status === 412 ? 'PreconditionFailed' : 'Refused',
    $fault: 'client',
    $metadata: { httpStatusCode: status },
  });

/** What S3 has been told, in order; a body counts as its length. */
const calls = () => s3.calls().map(({ args: [command] }) => command.constructor.name.replace('Command', ''));

beforeEach(() => {
  s3.reset();
  s3.on(HeadObjectCommand).rejects(new NotFound({ message: 'no', $metadata: {} }));
  s3.on(PutObjectCommand).resolves({});
  s3.on(CreateMultipartUploadCommand).resolves({ UploadId: 'upload' });
  s3.on(UploadPartCommand).resolves({ ETag: 'e' });
  s3.on(CompleteMultipartUploadCommand).resolves({});
  s3.on(AbortMultipartUploadCommand).resolves({});
});

async function* parts(count: number, size: number, before: (index: number) => void = () => undefined) {
  for (let index = 0; index < count; index++) {
    before(index);
    yield Buffer.alloc(size, index);
  }
}

describe('writing', () => {
  test('stores a small object in one call, which refuses to overwrite', async () => {
    // Act
    const written = await archive.write('a/ident.json', 'application/json', parts(3, 10), inTime());

    // Assess
    expect(written).toBe(true);
    expect(calls()).toEqual(['PutObject']);
    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toMatchObject({
      Bucket: 'bucket',
      Key: 'a/ident.json',
      ContentType: 'application/json',
      IfNoneMatch: '*',
    });
  });

  test('stores a large object in parts of 8 MiB, and refuses to overwrite at the end', async () => {
    // Act
    const written = await archive.write('a/ident.zip', 'application/zip', parts(20, MiB), inTime());

    // Assess
    expect(written).toBe(true);
    const uploaded = s3.commandCalls(UploadPartCommand).map(({ args: [{ input }] }) => input);
    expect(
      uploaded.map(({ PartNumber, Body }) => [PartNumber, Buffer.from(Body as Buffer).byteLength]),
    ).toEqual([
      [1, 8 * MiB],
      [2, 8 * MiB],
      [3, 4 * MiB],
    ]);
    expect(s3.commandCalls(CompleteMultipartUploadCommand)[0]?.args[0].input).toMatchObject({
      Key: 'a/ident.zip',
      UploadId: 'upload',
      IfNoneMatch: '*',
    });
    expect(calls()).not.toContain('AbortMultipartUpload');
  });

  test('never holds more than three parts of the body unsent', async () => {
    // Prepare
    let read = 0;
    let sent = 0;
    let most = 0;
    s3.on(UploadPartCommand).callsFake(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      sent += 8 * MiB;
      return { ETag: 'e' };
    });

    // Act
    await archive.write(
      'a',
      'b',
      parts(100, MiB, () => {
        read += MiB;
        most = Math.max(most, read - sent);
      }),
      inTime(),
    );

    // Assess
    expect(read).toBe(100 * MiB);
    expect(most).toBeLessThanOrEqual(26 * MiB);
  });

  test.each([
    { size: 'small', body: () => parts(1, 10), status: 412 },
    { size: 'large', body: () => parts(20, MiB), status: 412 },
    { size: 'small', body: () => parts(1, 10), status: 409 },
    { size: 'large', body: () => parts(20, MiB), status: 409 },
  ])('leaves an object that is there already alone ($size, $status)', async ({ body, status, size }) => {
    // Prepare
    s3.on(PutObjectCommand).rejects(refused(status));
    s3.on(CompleteMultipartUploadCommand).rejects(refused(status));

    // Act
    const written = await archive.write('a', 'b', body(), inTime());

    // Assess
    expect(written).toBe(false);
    expect(calls().includes('AbortMultipartUpload')).toBe(size === 'large');
  });

  test.each([
    { size: 'small', body: () => parts(1, 10) },
    { size: 'large', body: () => parts(20, MiB) },
  ])('fails where S3 refuses for another reason ($size)', async ({ body }) => {
    s3.on(PutObjectCommand).rejects(refused(403));
    s3.on(CompleteMultipartUploadCommand).rejects(refused(403));

    await expect(archive.write('a', 'b', body(), inTime())).rejects.toThrow(S3ServiceException);
  });

  test.each([
    { size: 'small', count: 1, removed: [] },
    { size: 'large', count: 12, removed: ['AbortMultipartUpload'] },
  ])('stores nothing of a body that breaks ($size)', async ({ count, removed }) => {
    // Prepare
    const body = parts(count + 1, MiB, (index) => {
      if (index === count) throw new TypeError('terminated');
    });

    // Act
    await expect(archive.write('a', 'b', body, inTime())).rejects.toThrow('terminated');

    // Assess
    expect(calls()).not.toContain('PutObject');
    expect(calls()).not.toContain('CompleteMultipartUpload');
    expect(calls().filter((call) => call.startsWith('Abort'))).toEqual(removed);
  });

  test('has removed the parts by the time it says that its time is up', async () => {
    // Prepare
    const deadline = new AbortController();
    const body = parts(1000, MiB, (index) => {
      if (index === 12) deadline.abort();
    });

    // Act
    await expect(archive.write('a', 'b', body, deadline.signal)).rejects.toThrow();

    // Assess
    expect(calls().at(-1)).toBe('AbortMultipartUpload');
    expect(calls()).not.toContain('CompleteMultipartUpload');
  });

  test('does not begin when its time is up already', async () => {
    await expect(archive.write('a', 'b', parts(1, 10), AbortSignal.abort())).rejects.toThrow();
    expect(calls()).toEqual([]);
  });
});

describe('an artifact', () => {
  const bytes = Buffer.from('what was there before');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const artifact = {
    name: 'ident.zip',
    contentType: 'application/zip',
    content: { kind: 'checked' } as const,
    open: async () => ({ body: parts(1, 10), length: 10, ending: 'length' as const }),
  };

  beforeEach(() => {
    s3.on(GetObjectCommand).callsFake(() => ({ Body: Readable.from([bytes]) }));
  });

  test('that another try was faster to store is described as it is stored', async () => {
    // Prepare
    s3.on(PutObjectCommand).rejects(refused(412));

    // Act
    const archived = await archiveArtifact(archive, 'folder', artifact, inTime());

    // Assess
    expect(archived).toEqual({
      name: 'ident.zip',
      key: 'folder/ident.zip',
      contentType: 'application/zip',
      size: 21,
      sha256,
    });
  });

  test('that is stored already is not fetched again', async () => {
    // Prepare
    s3.on(HeadObjectCommand).resolves({});
    const open = () => Promise.reject(new Error('fetched again'));

    // Act
    const archived = await archiveArtifact(archive, 'folder', { ...artifact, open }, inTime());

    // Assess
    expect(archived).toMatchObject({ size: 21, sha256 });
    expect(calls()).toEqual(['HeadObject', 'GetObject']);
  });

  test('is not archived blindly where S3 does not say whether it is there', async () => {
    s3.on(HeadObjectCommand).rejects(refused(403));

    await expect(archiveArtifact(archive, 'folder', artifact, inTime())).rejects.toThrow(S3ServiceException);
    expect(calls()).toEqual(['HeadObject']);
  });
});
