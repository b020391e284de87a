import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { tinyJpeg, tinyPng } from '../../../local/simulators/specimen-files/tiny-images.ts';
import type { EvidenceStore } from '../../../shared/evidence/archive/evidence-store.ts';
import { archiveZipEntries } from '../../../shared/evidence/archive/zip-entries.ts';
import { type MemoryEvidenceStore, memoryEvidenceStore } from '../memory-evidence-store.ts';
import { renamed, withField, zipOf } from '../zip-fixture.ts';

const folder = 'evidence/idnow/v/000003';

function storeWith(zip: Buffer): MemoryEvidenceStore {
  const store = memoryEvidenceStore();
  store.objects.set(`${folder}/ident.zip`, { bytes: zip, contentType: 'application/zip' });
  return store;
}

function unpack(store: EvidenceStore, size: number, signal = AbortSignal.timeout(10_000)) {
  const zip = {
    name: 'ident.zip',
    key: `${folder}/ident.zip`,
    contentType: 'application/zip',
    size,
    sha256: '',
  };
  return archiveZipEntries(store, folder, zip, signal);
}

/** Returns key, type and text of each object in the bucket, except the ZIP itself. */
const stored = (store: MemoryEvidenceStore) =>
  [...store.objects].slice(1).map(([key, { bytes, contentType }]) => [key, contentType, bytes.toString()]);

describe('archiveZipEntries', () => {
  test.each([
    { method: 'stored', compress: false },
    { method: 'deflated', compress: true },
  ])(
    'ZIP entries are archived under files/ with name, type, size and hash: $method entries',
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
      const store = storeWith(zip);

      // Act
      const { artifacts, failures } = await unpack(store, zip.byteLength);

      // Assess
      expect(failures).toEqual([]);
      expect(stored(store)).toEqual([
        [`${folder}/files/txn.xml`, 'application/xml', 'abcdef'],
        [`${folder}/files/images/front side.JPG`, 'text/plain', 'a photo'],
        [`${folder}/files/images/deep/er/clip.mp4`, 'text/plain', 'a video'],
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
        // Computed with: printf abcdef | sha256sum
        sha256: 'bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721',
      });
    },
  );

  test('the type of a ZIP entry is that of its content, and an entry without an extension gets one', async () => {
    // Prepare
    const photo = tinyJpeg('a photo');
    const zip = await zipOf({ scan: photo, 'scan.png': photo, 'odd.jpg': tinyPng(), 'x.XML': '<a/>' });
    const store = storeWith(zip);

    // Act
    const { artifacts } = await unpack(store, zip.byteLength);

    // Assess
    expect(artifacts.map(({ name, contentType }) => [name, contentType])).toEqual([
      ['files/scan.jpg', 'image/jpeg'],
      ['files/scan.png', 'image/jpeg'],
      ['files/odd.jpg', 'image/png'],
      ['files/x.XML', 'application/xml'],
    ]);
    expect(artifacts.map(({ key }) => key)).toEqual(artifacts.map(({ name }) => `${folder}/${name}`));
    expect((await unpack(store, zip.byteLength)).artifacts).toEqual(artifacts);
  });

  test('an entry keeps its name without an extension if another entry has the name with the extension', async () => {
    // Prepare
    const zip = await zipOf({ scan: tinyJpeg('one'), 'scan.jpg': tinyJpeg('two') });
    const store = storeWith(zip);

    // Act
    const { artifacts } = await unpack(store, zip.byteLength);

    // Assess
    expect(artifacts.map(({ name }) => name)).toEqual(['files/scan', 'files/scan.jpg']);
    expect(new Set(artifacts.map(({ sha256 }) => sha256)).size).toBe(2);
    expect((await unpack(store, zip.byteLength)).artifacts).toEqual(artifacts);
  });

  test('an empty ZIP has no entries to archive', async () => {
    const zip = await zipOf({});
    expect(await unpack(storeWith(zip), zip.byteLength)).toEqual({ artifacts: [], failures: [] });
  });

  test('a later try archives only the ZIP entries that are not in the archive yet', async () => {
    // Prepare
    const zip = await zipOf({ 'a.xml': 'one', 'b.xml': 'two' });
    const store = storeWith(zip);
    await unpack(store, zip.byteLength);
    store.objects.delete(`${folder}/files/b.xml`);
    store.writes.length = 0;

    // Act
    const { artifacts } = await unpack(store, zip.byteLength);

    // Assess
    expect(artifacts.map(({ name, size }) => [name, size])).toEqual([
      ['files/a.xml', 3],
      ['files/b.xml', 3],
    ]);
    expect(store.writes).toEqual([`${folder}/files/b.xml`]);
  });

  test('the ZIP is read in ranges, never as a whole', async () => {
    // Prepare
    const large = 4 * 1024 ** 2;
    const zip = await zipOf({ 'a.mp4': Buffer.alloc(large), 'b.mp4': Buffer.alloc(large) });
    const store = storeWith(zip);
    const ranges: number[] = [];
    const readRange: EvidenceStore['readRange'] = (key, start, end) => {
      ranges.push(end - start + 1);
      return store.readRange(key, start, end);
    };
    const read: EvidenceStore['read'] = () => Promise.reject(new Error('read as a whole'));

    // Act
    await unpack({ ...store, readRange, read }, zip.byteLength);

    // Assess
    expect(Math.max(...ranges)).toBe(large);
  });

  test('no ZIP entry is archived after the time of the try is over', async () => {
    const zip = await zipOf({ 'a.xml': 'one' });
    const store = storeWith(zip);

    await expect(unpack(store, zip.byteLength, AbortSignal.abort())).rejects.toThrow();
    expect(stored(store)).toEqual([]);
  });
});

/** Bytes that a ZIP compresses to a thousandth of their size. */
const zeros = Buffer.alloc(1024 ** 2);
const GiB = 1024 ** 3;

describe('a ZIP whose directory cannot be read', () => {
  test.each<{ title: string; zip: () => Promise<Buffer> }>([
    { title: 'is not in ZIP format', zip: async () => Buffer.from('<html>maintenance</html>') },
    { title: 'is empty', zip: async () => Buffer.alloc(0) },
    { title: 'is cut off', zip: async () => (await zipOf({ 'a.xml': 'a'.repeat(500) })).subarray(0, 300) },
    {
      title: 'has more than a thousand files',
      zip: () => zipOf(Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`${index}.xml`, '']))),
    },
  ])(
    'a ZIP with an unusable central directory is refused, and none of its entries is archived: it $title',
    async ({ zip }) => {
      // Prepare
      const bytes = await zip();
      const store = storeWith(bytes);

      // Act
      const unpacking = unpack(store, bytes.byteLength);

      // Assess
      await expect(unpacking).rejects.toMatchObject({ name: 'EvidenceError', kind: 'invalid' });
      expect(stored(store)).toEqual([]);
    },
  );
});

/** A valid file. It is the last file of each ZIP below. */
const sound = { 'z.xml': 'sound' };

describe('a file in a ZIP that cannot be archived', () => {
  test.each<{ title: string; zip: () => Promise<Buffer>; name?: string; kind?: string }>([
    {
      title: 'has a name that leads out of the folder',
      zip: async () =>
        renamed(await zipOf({ 'aa/aa/evil.txt': 'x', ...sound }), 'aa/aa/evil.txt', '../../evil.txt'),
      name: '../../evil.txt',
      kind: 'invalid',
    },
    {
      title: 'has a name with `..` in the middle',
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
      title: 'has an absolute path as its name',
      zip: async () => renamed(await zipOf({ 'aetc/passwd': 'x', ...sound }), 'aetc/passwd', '/etc/passwd'),
      name: '/etc/passwd',
      kind: 'invalid',
    },
    {
      title: 'has a Windows name that leads out of the folder',
      zip: async () =>
        renamed(await zipOf({ 'aa/aa/evil.txt': 'x', ...sound }), 'aa/aa/evil.txt', '..\\..\\evil.txt'),
      name: '../../evil.txt',
      kind: 'invalid',
    },
    {
      title: 'has a name that begins with a drive',
      zip: async () => renamed(await zipOf({ 'aa/evil.txt': 'x', ...sound }), 'aa/evil.txt', 'C:/evil.txt'),
      name: 'C:/evil.txt',
      kind: 'invalid',
    },
    {
      title: 'has a name that is too long for an S3 key',
      zip: () => zipOf({ ['a'.repeat(1000)]: 'x', ...sound }),
      name: `${'a'.repeat(200)}…`,
      kind: 'invalid',
    },
    {
      title: 'is encrypted',
      zip: async () => withField(await zipOf({ 'a.xml': 'abc', ...sound }, true), 'flags', 1),
    },
    {
      title: 'is stored without compression and does not match its CRC',
      zip: async () => renamed(await zipOf({ 'a.xml': 'content', ...sound }), 'content', 'contEnt'),
    },
    {
      title: 'cannot be inflated',
      zip: async () => Buffer.from(await zipOf({ 'a.xml': zeros, ...sound }, true)).fill(0xff, 40, 200),
    },
    {
      title: 'does not match its CRC',
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
      title: 'is declared with more bytes than we archive',
      zip: async () =>
        withField(await zipOf({ 'a.xml': zeros, ...sound }, true), 'uncompressedSize', 3 * GiB),
      kind: 'too_large',
    },
  ])(
    'a faulty ZIP entry is listed as a failure, and the other entries are archived: it $title',
    async ({ zip, name, kind }) => {
      // Prepare
      const bytes = await zip();
      const store = storeWith(bytes);

      // Act
      const { artifacts, failures } = await unpack(store, bytes.byteLength);

      // Assess
      expect(failures).toEqual([
        {
          name: `files/${name ?? 'a.xml'}`,
          // Logs name the entry by this label. It contains no part of the file name, which may be personal data.
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
      expect(stored(store)).toEqual([[`${folder}/files/z.xml`, 'application/xml', 'sound']]);
    },
  );

  test('two ZIP entries with the same name get the same two keys in every try', async () => {
    // Prepare
    const twice = renamed(
      await zipOf({ 'images/a.jpg': 'one', 'images/b.jpg': 'two', 'images/a~2.jpg': 'three' }),
      'images/b.jpg',
      'images/a.jpg',
    );
    const store = storeWith(twice);

    // Act
    const first = await unpack(store, twice.byteLength);
    const second = await unpack(store, twice.byteLength);

    // Assess
    expect(stored(store)).toEqual([
      [`${folder}/files/images/a.jpg`, 'text/plain', 'one'],
      [`${folder}/files/images/a~3.jpg`, 'text/plain', 'two'],
      [`${folder}/files/images/a~2.jpg`, 'text/plain', 'three'],
    ]);
    expect(new Set(first.artifacts.map(({ sha256 }) => sha256)).size).toBe(3);
    expect(second).toEqual(first);
  });

  test('a ZIP with a thousand files is archived', async () => {
    const zip = await zipOf(
      Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`${index}.xml`, ''])),
    );
    expect((await unpack(storeWith(zip), zip.byteLength)).artifacts).toHaveLength(1000);
  });
});

describe('a bucket that fails while a ZIP is read', () => {
  const breaking = async function* (bytes: Buffer) {
    yield bytes.subarray(0, 10);
    throw new Error('aborted');
  };

  test.each<{ title: string; from: number; fail: (bytes: Buffer) => Promise<Readable> }>([
    { title: 'before the directory', from: 0, fail: () => Promise.reject(new Error('SlowDown')) },
    {
      title: 'in the middle of the directory',
      from: 0,
      fail: async (bytes) => Readable.from(breaking(bytes)),
    },
    { title: 'before a file', from: 2, fail: () => Promise.reject(new Error('SlowDown')) },
    { title: 'in the middle of a file', from: 3, fail: async (bytes) => Readable.from(breaking(bytes)) },
  ])('if the bucket fails while a ZIP is read, the failure is transient: $title', async ({ from, fail }) => {
    // Prepare
    const zip = await zipOf({ 'a.xml': 'a'.repeat(100_000) });
    const store = storeWith(zip);
    let reads = 0;
    const readRange: EvidenceStore['readRange'] = (key, start, end) =>
      reads++ >= from ? fail(zip.subarray(start, end + 1)) : store.readRange(key, start, end);

    // Act
    const unpacking = unpack({ ...store, readRange }, zip.byteLength);

    // Assess
    await expect(unpacking).rejects.toMatchObject({ name: 'EvidenceError', kind: 'transient' });
    expect(stored(store)).toEqual([]);
  });

  test('a ZIP entry is not listed as faulty if the bucket cannot store it: the bucket’s error is thrown', async () => {
    const zip = await zipOf({ 'a.xml': 'abc' });
    const store = { ...storeWith(zip), putStreamOnce: () => Promise.reject(new Error('SlowDown')) };

    await expect(unpack(store, zip.byteLength)).rejects.toThrow('SlowDown');
  });
});
