import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { tinyJpeg, tinyPng } from '../../../local/simulators/specimen-files/tiny-images.ts';
import type { TransferEndMarker } from '../../../shared/contract/artifact.ts';
import type { FileHashFromProvider } from '../../../shared/contract/artifact-content.ts';
import { archiveArtifact } from '../../../shared/evidence/archive/archive-artifact.ts';
import { memoryEvidenceStore } from '../memory-evidence-store.ts';

const photo = tinyJpeg('a photo');
const half = photo.subarray(0, photo.byteLength / 2);
/** Bytes of an unknown format, so nothing in them marks the end of the file. */
const dump = Buffer.from('0001020304deadbeef', 'hex');
const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex');

interface Options {
  readonly ending: TransferEndMarker;
  readonly providerHash?: FileHashFromProvider;
  readonly mayBeUnproven?: boolean;
}

/** Archives a photo from a provider that sends these transfers in turn. Further requests get the last transfer. */
async function archive(transfers: readonly Buffer[], { ending, providerHash, mayBeUnproven }: Options) {
  const store = memoryEvidenceStore();
  const left = [...transfers];
  let opened = 0;
  const open = async () => {
    opened += 1;
    const bytes = (left.length > 1 ? left.shift() : left[0]) ?? Buffer.alloc(0);
    const body = (async function* () {
      yield bytes;
    })();
    return { body, length: ending === 'length' ? bytes.byteLength : null, ending, contentType: 'image/jpeg' };
  };
  const artifact = {
    name: 'documents/photo',
    contentType: 'application/octet-stream',
    content: { kind: 'document' } as const,
    ...(providerHash && { providerHash }),
    ...(mayBeUnproven !== undefined && { mayBeUnproven }),
    open,
  };
  const run = () => archiveArtifact(store, 'folder', artifact, AbortSignal.timeout(10_000));
  const outcome = await run().catch((error: unknown) => error);
  return { outcome, opened, stored: [...store.objects.values()][0]?.bytes, run };
}

/** A PNG without its last chunk: its format shows that the image is cut off. */
const halfPng = tinyPng().subarray(0, -14);
const trailed = Buffer.concat([photo, Buffer.from('bytes that a camera adds')]);

describe('archiveArtifact, during the first hour of a job', () => {
  test.each<[what: string, bytes: Buffer, ending: TransferEndMarker]>([
    ['half of a file, with the last chunk of a proxy', half, 'last-chunk'],
    ['half of a file, until the connection closes', half, 'close'],
    ['a file of a kind without an end, until the connection closes', dump, 'close'],
  ])(
    'a file that may be cut off is not archived during the first hour of its job: %s',
    async (_what, bytes, ending) => {
      const archived = await archive([bytes], { ending });

      expect([archived.opened, archived.stored]).toEqual([1, undefined]);
      expect(archived.outcome).toMatchObject({ kind: 'transient' });
    },
  );
});

describe('archiveArtifact, after the first hour of a job', () => {
  test.each<[what: string, transfers: Buffer[], ending: TransferEndMarker, opened: number, stored: Buffer]>([
    ['a whole file with its length', [photo], 'length', 1, photo],
    ['a whole file with a last chunk', [photo], 'last-chunk', 1, photo],
    ['a whole file until the connection closes', [photo], 'close', 1, photo],
    ['a file with an unusual end, and its length', [half], 'length', 1, half],
    ['a file with an unusual end, the same twice', [half], 'last-chunk', 2, half],
    ['half of a file, then the whole file', [half, photo], 'last-chunk', 2, photo],
    ['a file with an unusual end until the connection closes, the same twice', [half], 'close', 2, half],
    ['a JPEG with bytes after its end until the connection closes', [trailed], 'close', 2, trailed],
    ['a file of a kind without an end, with a last chunk', [dump], 'last-chunk', 1, dump],
    ['a file of a kind without an end until the connection closes, the same twice', [dump], 'close', 2, dump],
  ])(
    'a file that is probably whole is archived after the first hour of its job: %s',
    async (_what, transfers, ending, opened, stored) => {
      const archived = await archive(transfers, { ending, mayBeUnproven: true });

      expect([archived.opened, archived.stored]).toEqual([opened, stored]);
      expect(archived.outcome).toMatchObject({ size: stored.byteLength });
    },
  );

  test.each<[what: string, transfers: Buffer[], ending: TransferEndMarker, opened: number]>([
    ['half of a file, then a shorter half', [half, half.subarray(0, -1)], 'last-chunk', 2],
    ['a PNG without its end, with a last chunk', [halfPng], 'last-chunk', 1],
    ['a PNG without its end, until the connection closes', [halfPng], 'close', 1],
    ['a file of a kind without an end, then a longer file', [dump.subarray(1), dump], 'close', 2],
  ])(
    'a file that is cut off, or differs in two transfers, is never archived: %s',
    async (_what, transfers, ending, opened) => {
      const archived = await archive(transfers, { ending, mayBeUnproven: true });

      expect([archived.opened, archived.stored]).toEqual([opened, undefined]);
      expect(archived.outcome).toMatchObject({ kind: 'transient' });
    },
  );
});

describe("a file with a provider's hash", () => {
  test('a file that matches its hash is archived, whatever its content and however its transfer ends', async () => {
    const text = Buffer.from('a text');
    const providerHash = { algorithm: 'MD5', value: md5(text).toUpperCase() };

    const { outcome, stored } = await archive([text], { ending: 'close', providerHash });

    expect(stored).toEqual(text);
    expect(outcome).toMatchObject({ providerHash: { ...providerHash, matched: true } });
  });

  test('a file that does not match the provider’s hash is never stored', async () => {
    const providerHash = { algorithm: 'MD5', value: md5(photo) };

    const { outcome, stored } = await archive([tinyJpeg('another')], { ending: 'length', providerHash });

    expect(stored).toBeUndefined();
    expect(outcome).toMatchObject({
      kind: 'transient',
      message: "documents/photo: does not match the provider's hash",
    });
  });

  test('if the provider’s hash cannot be compared, the file is checked by its content, and `matched` is null', async () => {
    const providerHash = { algorithm: 'CRC', value: 'cafe' };

    const good = await archive([photo], { ending: 'length', providerHash });
    const bad = await archive([Buffer.from('a text')], { ending: 'length', providerHash });

    expect(good.outcome).toMatchObject({ providerHash: { ...providerHash, matched: null } });
    expect(bad.stored).toBeUndefined();
  });

  test('a later try compares a stored file with the provider’s hash, without a call to the provider', async () => {
    const providerHash = { algorithm: 'MD5', value: md5(photo) };
    const archived = await archive([photo], { ending: 'length', providerHash });

    expect(await archived.run()).toEqual(archived.outcome);
    expect(archived.opened).toBe(1);
  });
});

test('the description of a file without a hash from the provider has no `providerHash`', async () => {
  const { outcome } = await archive([photo], { ending: 'length' });
  expect(outcome).not.toHaveProperty('providerHash');
});

test('the download of a JSON artifact stops as soon as its first bytes are not JSON', async () => {
  // Prepare
  let chunks = 0;
  async function* body() {
    for (; chunks < 1000; chunks++) yield Buffer.alloc(4096, 'no JSON ');
  }
  const artifact = {
    name: 'ident.json',
    contentType: 'application/json',
    content: { kind: 'json', describesCase: () => true } as const,
    open: async () => ({ body: body(), length: null, ending: 'last-chunk' as const }),
  };

  // Act
  const archiving = archiveArtifact(memoryEvidenceStore(), 'folder', artifact, AbortSignal.timeout(10_000));

  // Assess
  await expect(archiving).rejects.toMatchObject({ kind: 'transient' });
  expect(chunks).toBeLessThan(100);
});
