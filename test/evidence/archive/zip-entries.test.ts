import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Archive } from '../../../shared/evidence/archive/evidence-store.ts';
import { archiveZipEntries } from '../../../shared/evidence/archive/zip-entries.ts';
import { type MemoryArchive, memoryArchive } from '../memory-evidence-store.ts';
import { renamed, withField, zipOf } from '../zip-fixture.ts';

const folder = 'evidence/idnow/v/000003';

function archiveOf(zip: Buffer): MemoryArchive {
  const archive = memoryArchive();
  archive.objects.set(`${folder}/ident.zip`, { bytes: zip, contentType: 'application/zip' });
  return archive;
}

function unpack(archive: Archive, size: number, signal = AbortSignal.timeout(10_000)) {
  const zip = {
    name: 'ident.zip',
    key: `${folder}/ident.zip`,
    contentType: 'application/zip',
    size,
    sha256: '',
  };
  return archiveZipEntries(archive, folder, zip, signal);
}

/** What is in the bucket besides the ZIP. */
const stored = (archive: MemoryArchive) =>
  [...archive.objects].slice(1).map(([key, { bytes, contentType }]) => [key, contentType, bytes.toString()]);

describe('unpacking', () => {
  test.each([
    { method: 'stored', compress: false },
    { method: 'deflated', compress: true },
  ])(
    'archives the files below files/, with their names, types and measures ($method)',
    async ({ compress }) => {
      // Prepare
      const zip = await zipOf(
        {
          'txn.xml': 'abcdef',
          'images/': '',
          'images/front side.JPG': 'a photo',
          'images/deep/er/clip.mp4': 'a video',
          'txn.xml.sig': '',
        },
        compress,
      );
      const archive = archiveOf(zip);

      // Act
      const { artifacts, failures } = await unpack(archive, zip.byteLength);

      // Assess
      expect(failures).toEqual([]);
      expect(stored(archive)).toEqual([
        [`${folder}/files/txn.xml`, 'application/xml', 'abcdef'],
        [`${folder}/files/images/front side.JPG`, 'image/jpeg', 'a photo'],
        [`${folder}/files/images/deep/er/clip.mp4`, 'video/mp4', 'a video'],
        [`${folder}/files/txn.xml.sig`, 'application/octet-stream', ''],
      ]);
      expect(artifacts.map(({ name, size }) => [name, size])).toEqual([
        ['files/txn.xml', 6],
        ['files/images/front side.JPG', 7],
        ['files/images/deep/er/clip.mp4', 7],
        ['files/txn.xml.sig', 0],
      ]);
      expect(artifacts[0]).toEqual({
        name: 'files/txn.xml',
        key: `${folder}/files/txn.xml`,
        contentType: 'application/xml',
        size: 6,
        // printf abcdef | sha256sum
        sha256: 'bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721',
      });
    },
  );

  test('finds nothing in an empty ZIP', async () => {
    const zip = await zipOf({});
    expect(await unpack(archiveOf(zip), zip.byteLength)).toEqual({ artifacts: [], failures: [] });
  });

  test('goes on where an earlier try has stopped', async () => {
    // Prepare
    const zip = await zipOf({ 'a.xml': 'one', 'b.xml': 'two' });
    const archive = archiveOf(zip);
    await unpack(archive, zip.byteLength);
    archive.objects.delete(`${folder}/files/b.xml`);
    archive.writes.length = 0;

    // Act
    const { artifacts } = await unpack(archive, zip.byteLength);

    // Assess
    expect(artifacts.map(({ name, size }) => [name, size])).toEqual([
      ['files/a.xml', 3],
      ['files/b.xml', 3],
    ]);
    expect(archive.writes).toEqual([`${folder}/files/b.xml`]);
  });

  test('reads the ZIP in ranges, never as a whole', async () => {
    // Prepare
    const large = 4 * 1024 ** 2;
    const zip = await zipOf({ 'a.mp4': Buffer.alloc(large), 'b.mp4': Buffer.alloc(large) });
    const archive = archiveOf(zip);
    const ranges: number[] = [];
    const readRange: Archive['readRange'] = (key, start, end) => {
      ranges.push(end - start + 1);
      return archive.readRange(key, start, end);
    };
    const read: Archive['read'] = () => Promise.reject(new Error('read as a whole'));

    // Act
    await unpack({ ...archive, readRange, read }, zip.byteLength);

    // Assess
    expect(Math.max(...ranges)).toBe(large);
  });

  test('stops when its time is up', async () => {
    const zip = await zipOf({ 'a.xml': 'one' });
    const archive = archiveOf(zip);

    await expect(unpack(archive, zip.byteLength, AbortSignal.abort())).rejects.toThrow();
    expect(stored(archive)).toEqual([]);
  });
});

/** Deflates to a thousandth. */
const zeros = Buffer.alloc(1024 ** 2);
const GiB = 1024 ** 3;

describe('a ZIP whose directory cannot be read', () => {
  test.each<{ title: string; zip: () => Promise<Buffer> }>([
    { title: 'is no ZIP', zip: async () => Buffer.from('<html>maintenance</html>') },
    { title: 'is empty', zip: async () => Buffer.alloc(0) },
    { title: 'is cut off', zip: async () => (await zipOf({ 'a.xml': 'a'.repeat(500) })).subarray(0, 300) },
    {
      title: 'holds more than a thousand files',
      zip: () => zipOf(Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`${index}.xml`, '']))),
    },
  ])('a ZIP that $title is refused, and nothing of it is archived', async ({ zip }) => {
    // Prepare
    const bytes = await zip();
    const archive = archiveOf(bytes);

    // Act
    const unpacking = unpack(archive, bytes.byteLength);

    // Assess
    await expect(unpacking).rejects.toMatchObject({ name: 'EvidenceError', kind: 'invalid' });
    expect(stored(archive)).toEqual([]);
  });
});

/** The last file of each ZIP is sound. */
const sound = { 'z.xml': 'sound' };

describe('a file in a ZIP that cannot be archived', () => {
  test.each<{ title: string; zip: () => Promise<Buffer>; name?: string; kind?: string }>([
    {
      title: 'leads out of the folder',
      zip: async () =>
        renamed(await zipOf({ 'aa/aa/evil.txt': 'x', ...sound }), 'aa/aa/evil.txt', '../../evil.txt'),
      name: '../../evil.txt',
      kind: 'invalid',
    },
    {
      title: 'leads out of the folder later on the way',
      zip: async () =>
        renamed(
          await zipOf({ 'aa/bb/cc/evil.txt': 'x', ...sound }),
          'aa/bb/cc/evil.txt',
          'aa/../../evil.txt',
        ),
      name: 'aa/../../evil.txt',
      kind: 'invalid',
    },
    {
      title: 'names the root',
      zip: async () => renamed(await zipOf({ 'aetc/passwd': 'x', ...sound }), 'aetc/passwd', '/etc/passwd'),
      name: '/etc/passwd',
      kind: 'invalid',
    },
    {
      title: 'leads out of the folder the Windows way',
      zip: async () =>
        renamed(await zipOf({ 'aa/aa/evil.txt': 'x', ...sound }), 'aa/aa/evil.txt', '..\\..\\evil.txt'),
      name: '../../evil.txt',
      kind: 'invalid',
    },
    {
      title: 'names a drive',
      zip: async () => renamed(await zipOf({ 'aa/evil.txt': 'x', ...sound }), 'aa/evil.txt', 'C:/evil.txt'),
      name: 'C:/evil.txt',
      kind: 'invalid',
    },
    {
      title: 'has a name that no key of S3 can hold',
      zip: () => zipOf({ ['a'.repeat(1000)]: 'x', ...sound }),
      name: `${'a'.repeat(200)}…`,
      kind: 'invalid',
    },
    {
      title: 'is encrypted',
      zip: async () => withField(await zipOf({ 'a.xml': 'abc', ...sound }, true), 'flags', 1),
    },
    {
      title: 'is damaged, as its CRC tells (stored)',
      zip: async () => renamed(await zipOf({ 'a.xml': 'content', ...sound }), 'content', 'contEnt'),
    },
    {
      title: 'is damaged so that it cannot be inflated',
      zip: async () => Buffer.from(await zipOf({ 'a.xml': zeros, ...sound }, true)).fill(0xff, 40, 200),
    },
    {
      title: 'has another CRC',
      zip: async () => withField(await zipOf({ 'a.xml': zeros, ...sound }, true), 'crc', 1),
    },
    {
      title: 'is longer than declared',
      zip: async () => withField(await zipOf({ 'a.xml': zeros, ...sound }, true), 'uncompressedSize', 1000),
    },
    {
      title: 'is shorter than declared',
      zip: async () =>
        withField(await zipOf({ 'a.xml': zeros, ...sound }, true), 'uncompressedSize', 2 * 1024 ** 2),
    },
    {
      title: 'is declared as longer than we archive',
      zip: async () =>
        withField(await zipOf({ 'a.xml': zeros, ...sound }, true), 'uncompressedSize', 3 * GiB),
      kind: 'too_large',
    },
  ])('a file that $title is named, and the others are archived', async ({ zip, name, kind }) => {
    // Prepare
    const bytes = await zip();
    const archive = archiveOf(bytes);

    // Act
    const { artifacts, failures } = await unpack(archive, bytes.byteLength);

    // Assess
    expect(failures).toEqual([
      {
        name: `files/${name ?? 'a.xml'}`,
        // What is logged holds nothing of the name.
        label: 'files/[0]',
        required: false,
        error: expect.objectContaining({
          kind: kind ?? 'corrupt',
          isFinal: true,
          message: expect.not.stringMatching(/xml|evil|passwd/),
        }),
      },
    ]);
    expect(artifacts.map(({ name }) => name)).toEqual(['files/z.xml']);
    expect(stored(archive)).toEqual([[`${folder}/files/z.xml`, 'application/xml', 'sound']]);
  });

  test('two files of one name are kept apart, the same way each time', async () => {
    // Prepare
    const twice = renamed(
      await zipOf({ 'images/a.jpg': 'one', 'images/b.jpg': 'two', 'images/a~2.jpg': 'three' }),
      'images/b.jpg',
      'images/a.jpg',
    );
    const archive = archiveOf(twice);

    // Act
    const first = await unpack(archive, twice.byteLength);
    const second = await unpack(archive, twice.byteLength);

    // Assess
    expect(stored(archive)).toEqual([
      [`${folder}/files/images/a.jpg`, 'image/jpeg', 'one'],
      [`${folder}/files/images/a~3.jpg`, 'image/jpeg', 'two'],
      [`${folder}/files/images/a~2.jpg`, 'image/jpeg', 'three'],
    ]);
    expect(new Set(first.artifacts.map(({ sha256 }) => sha256)).size).toBe(3);
    expect(second).toEqual(first);
  });

  test('a thousand files are not too many', async () => {
    const zip = await zipOf(
      Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`${index}.xml`, ''])),
    );
    expect((await unpack(archiveOf(zip), zip.byteLength)).artifacts).toHaveLength(1000);
  });
});

describe('a bucket that fails while a ZIP is read', () => {
  const breaking = async function* (bytes: Buffer) {
    yield bytes.subarray(0, 10);
    throw new Error('aborted');
  };

  test.each<{ title: string; from: number; fail: (bytes: Buffer) => Promise<Readable> }>([
    { title: 'at once', from: 0, fail: () => Promise.reject(new Error('SlowDown')) },
    {
      title: 'in the middle of the directory',
      from: 0,
      fail: async (bytes) => Readable.from(breaking(bytes)),
    },
    { title: 'before a file', from: 2, fail: () => Promise.reject(new Error('SlowDown')) },
    { title: 'in the middle of a file', from: 3, fail: async (bytes) => Readable.from(breaking(bytes)) },
  ])('$title: is tried again', async ({ from, fail }) => {
    // Prepare
    const zip = await zipOf({ 'a.xml': 'a'.repeat(100_000) });
    const archive = archiveOf(zip);
    let reads = 0;
    const readRange: Archive['readRange'] = (key, start, end) =>
      reads++ >= from ? fail(zip.subarray(start, end + 1)) : archive.readRange(key, start, end);

    // Act
    const unpacking = unpack({ ...archive, readRange }, zip.byteLength);

    // Assess
    await expect(unpacking).rejects.toMatchObject({ name: 'EvidenceError', kind: 'transient' });
    expect(stored(archive)).toEqual([]);
  });

  test('a bucket that does not take a file is not the fault of the ZIP', async () => {
    const zip = await zipOf({ 'a.xml': 'abc' });
    const archive = { ...archiveOf(zip), write: () => Promise.reject(new Error('SlowDown')) };

    await expect(unpack(archive, zip.byteLength)).rejects.toThrow('SlowDown');
  });
});
