import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
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
import { archiveArtifact } from '../../../shared/evidence/archive/archive-artifact.ts';
import { createS3EvidenceStore } from '../../../shared/evidence/archive/evidence-store.ts';

const MiB = 1024 ** 2;
const s3 = mockClient(S3Client);
afterAll(() => s3.restore());
const store = createS3EvidenceStore(new S3Client({ region: 'eu-west-1' }), 'bucket');
const inTime = () => AbortSignal.timeout(30_000);

const refused = (status: number) =>
  new S3ServiceException({
    name: status === 412 ? 'PreconditionFailed' : 'Refused',
    $fault: 'client',
    $metadata: { httpStatusCode: status },
  });

const base64Of = (crc: number) => Buffer.from(crc.toString(16).padStart(8, '0'), 'hex').toString('base64');

/** Returns the names of the S3 calls that the test made, in their order. */
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

describe('putOnce', () => {
  const bytes = Buffer.from('{}');

  test('bytes in memory are stored in one call that never overwrites', async () => {
    expect(await store.putOnce('a/manifest.json', bytes, 'application/json')).toBe(true);
    expect(calls()).toEqual(['PutObject']);
    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toMatchObject({
      Bucket: 'bucket',
      Key: 'a/manifest.json',
      ContentType: 'application/json',
      IfNoneMatch: '*',
    });
  });

  test('if the key exists in S3, putOnce stores nothing and returns false', async () => {
    s3.on(PutObjectCommand).rejects(refused(412));
    expect(await store.putOnce('a', bytes, 'b')).toBe(false);
  });

  test.each([409, 403, 503])(
    'putOnce throws if S3 answers %i, because nothing shows that the object exists',
    async (status) => {
      s3.on(PutObjectCommand).rejects(refused(status));
      await expect(store.putOnce('a', bytes, 'b')).rejects.toThrow(S3ServiceException);
    },
  );
});

describe('putStreamOnce', () => {
  test('a small stream is stored in one call that never overwrites', async () => {
    // Act
    const written = await store.putStreamOnce('a/ident.json', parts(3, 10), 'application/json', inTime());

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

  test('a large stream is stored in parts of 8 MiB, and the call that completes it never overwrites an object', async () => {
    // Act
    const written = await store.putStreamOnce('a/ident.zip', parts(20, MiB), 'application/zip', inTime());

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

  test('a stream of exactly one part is stored in one call', async () => {
    await store.putStreamOnce('a', parts(8, MiB), 'b', inTime());

    expect(calls()).toEqual(['PutObject']);
  });

  test('S3 receives the CRC32 of each part, and again when the upload is completed', async () => {
    // Prepare
    const crcs = [8, 1].map((count, part) =>
      base64Of(
        crc32(Buffer.concat(Array.from({ length: count }, (_, i) => Buffer.alloc(MiB, 8 * part + i)))),
      ),
    );

    // Act
    await store.putStreamOnce('a', parts(9, MiB), 'b', inTime());

    // Assess
    const [created] = s3.commandCalls(CreateMultipartUploadCommand);
    expect(created?.args[0].input).toMatchObject({ ChecksumAlgorithm: 'CRC32', ContentType: 'b' });
    const uploaded = s3.commandCalls(UploadPartCommand).map(({ args: [{ input }] }) => input.ChecksumCRC32);
    expect(uploaded).toEqual(crcs);
    const [completed] = s3.commandCalls(CompleteMultipartUploadCommand);
    expect(completed?.args[0].input.MultipartUpload?.Parts).toEqual(
      crcs.map((ChecksumCRC32, index) => ({ PartNumber: index + 1, ETag: 'e', ChecksumCRC32 })),
    );
  });

  test('the object in S3 has the bytes of the stream, even if S3 is slower than the provider', async () => {
    // Prepare
    const received = new Map<number, Buffer>();
    s3.on(UploadPartCommand).callsFake(async ({ PartNumber, Body }) => {
      // The next part is read while this part is on its way.
      for (let turn = 0; turn < 40; turn++) await new Promise((resolve) => setImmediate(resolve));
      received.set(PartNumber, Buffer.from(Body));
      return { ETag: 'e' };
    });

    // Act
    await store.putStreamOnce('a', parts(50, MiB), 'b', inTime());

    // Assess
    const stored = Buffer.concat([...received].sort(([a], [b]) => a - b).map(([, bytes]) => bytes));
    const sent = Buffer.concat(Array.from({ length: 50 }, (_, index) => Buffer.alloc(MiB, index)));
    expect(stored.equals(sent)).toBe(true);
  });

  test('if a part is refused, the other part on its way is finished before the upload is aborted', async () => {
    // Prepare
    let onTheirWay = 0;
    let onTheirWayAtAbort: number | null = null;
    s3.on(UploadPartCommand).callsFake(async ({ PartNumber }) => {
      onTheirWay += 1;
      for (let turn = 0; turn < 20 * PartNumber; turn++)
        await new Promise((resolve) => setImmediate(resolve));
      onTheirWay -= 1;
      if (PartNumber === 1) throw refused(403);
      return { ETag: 'e' };
    });
    s3.on(AbortMultipartUploadCommand).callsFake(async () => {
      onTheirWayAtAbort = onTheirWay;
      return {};
    });
    let closed = false;
    async function* body() {
      try {
        yield* parts(1000, MiB);
      } finally {
        closed = true;
      }
    }

    // Act
    await expect(store.putStreamOnce('a', body(), 'b', inTime())).rejects.toThrow(S3ServiceException);

    // Assess
    expect({ closed, onTheirWayAtAbort }).toEqual({ closed: true, onTheirWayAtAbort: 0 });
    expect(s3.commandCalls(UploadPartCommand).length).toBeLessThanOrEqual(3);
    expect(calls()).not.toContain('CompleteMultipartUpload');
  });

  test('if S3 cannot remove the parts of a failed upload, the error says why the upload failed', async () => {
    // Prepare
    s3.on(UploadPartCommand).rejects(refused(403));
    s3.on(AbortMultipartUploadCommand).rejects(refused(503));

    // Act
    const upload = store.putStreamOnce('a', parts(20, MiB), 'b', inTime());

    // Assess
    await expect(upload).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  test('an upload to S3 has at most three unsent parts in memory', async () => {
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
    await store.putStreamOnce(
      'a',
      parts(100, MiB, () => {
        read += MiB;
        most = Math.max(most, read - sent);
      }),
      'b',
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
  ])(
    'a $size stream does not replace an existing object if S3 answers $status',
    async ({ body, status, size }) => {
      // Prepare
      s3.on(PutObjectCommand).rejects(refused(status));
      s3.on(CompleteMultipartUploadCommand).rejects(refused(status));

      // Act
      const written = await store.putStreamOnce('a', body(), 'b', inTime());

      // Assess
      expect(written).toBe(false);
      expect(calls().includes('AbortMultipartUpload')).toBe(size === 'large');
    },
  );

  test.each([
    { size: 'small', body: () => parts(1, 10) },
    { size: 'large', body: () => parts(20, MiB) },
  ])('putStreamOnce throws if S3 refuses a $size stream with status 403', async ({ body }) => {
    s3.on(PutObjectCommand).rejects(refused(403));
    s3.on(CompleteMultipartUploadCommand).rejects(refused(403));

    await expect(store.putStreamOnce('a', body(), 'b', inTime())).rejects.toThrow(S3ServiceException);
  });

  test.each([
    { size: 'small', count: 1, removed: [] },
    { size: 'large', count: 12, removed: ['AbortMultipartUpload'] },
  ])('a $size stream that fails before its end leaves no object in S3', async ({ count, removed }) => {
    // Prepare
    const body = parts(count + 1, MiB, (index) => {
      if (index === count) throw new TypeError('terminated');
    });

    // Act
    await expect(store.putStreamOnce('a', body, 'b', inTime())).rejects.toThrow('terminated');

    // Assess
    expect(calls()).not.toContain('PutObject');
    expect(calls()).not.toContain('CompleteMultipartUpload');
    expect(calls().filter((call) => call.startsWith('Abort'))).toEqual(removed);
  });

  test('if the deadline passes during an upload to S3, the uploaded parts are removed before the upload fails', async () => {
    // Prepare
    const deadline = new AbortController();
    const body = parts(1000, MiB, (index) => {
      if (index === 12) deadline.abort();
    });

    // Act
    await expect(store.putStreamOnce('a', body, 'b', deadline.signal)).rejects.toThrow();

    // Assess
    expect(calls().at(-1)).toBe('AbortMultipartUpload');
    expect(calls()).not.toContain('CompleteMultipartUpload');
  });

  test('an upload to S3 does not start if the deadline has passed', async () => {
    await expect(store.putStreamOnce('a', parts(1, 10), 'b', AbortSignal.abort())).rejects.toThrow();
    expect(calls()).toEqual([]);
  });
});

describe('archiveArtifact', () => {
  const bytes = Buffer.from('the stored bytes are');
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

  test('if another try stores an artifact first, the artifact’s size and hash are those of the stored object', async () => {
    // Prepare
    s3.on(PutObjectCommand).rejects(refused(412));

    // Act
    const archived = await archiveArtifact(store, 'folder', artifact, inTime());

    // Assess
    expect(archived).toEqual({
      name: 'ident.zip',
      key: 'folder/ident.zip',
      contentType: 'application/zip',
      size: 20,
      sha256,
    });
  });

  test('an artifact that is stored already is not fetched again', async () => {
    // Prepare
    s3.on(HeadObjectCommand).resolves({});
    const open = () => Promise.reject(new Error('fetched again'));

    // Act
    const archived = await archiveArtifact(store, 'folder', { ...artifact, open }, inTime());

    // Assess
    expect(archived).toMatchObject({ size: 20, sha256 });
    expect(calls()).toEqual(['HeadObject', 'GetObject']);
  });

  test('an artifact is not archived if S3 does not say whether it exists', async () => {
    s3.on(HeadObjectCommand).rejects(refused(403));

    await expect(archiveArtifact(store, 'folder', artifact, inTime())).rejects.toThrow(S3ServiceException);
    expect(calls()).toEqual(['HeadObject']);
  });
});
