import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { tinyJpeg, tinyPng } from '../../../local/simulators/specimen-files/tiny-images.ts';
import type { ProviderHash } from '../../../shared/contract/artifact-content.ts';
import type { Ending } from '../../../shared/contract/evidence-source.ts';
import { archiveArtifact } from '../../../shared/evidence/archive/archive-artifact.ts';
import { memoryArchive } from '../memory-evidence-store.ts';

const photo = tinyJpeg('a photo');
const half = photo.subarray(0, photo.byteLength / 2);
/** Nobody can tell where it ends. */
const dump = Buffer.from('0001020304deadbeef', 'hex');
const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex');

interface Options {
  readonly ending: Ending;
  readonly providerHash?: ProviderHash;
  readonly mayBeUnproven?: boolean;
}

/** A document that comes as these bytes, in this order; the last of them again and again. */
async function archive(transfers: readonly Buffer[], { ending, providerHash, mayBeUnproven }: Options) {
  const bucket = memoryArchive();
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
  const archiveIt = () => archiveArtifact(bucket, 'folder', artifact, AbortSignal.timeout(10_000));
  const outcome = await archiveIt().catch((error: unknown) => error);
  return { outcome, opened, stored: bucket.objects.get('folder/documents/photo')?.bytes, archiveIt };
}

/** Its chunks end where the image does. */
const halfPng = tinyPng().subarray(0, -14);
const trailed = Buffer.concat([photo, Buffer.from('what a camera has added')]);

describe('during the first hour of a job, a transfer without a proven end is not taken', () => {
  test.each<[what: string, bytes: Buffer, ending: Ending]>([
    ['a half that a proxy ends properly', half, 'last-chunk'],
    ['a half until the connection closes', half, 'close'],
    ['a file of an open end until the connection closes', dump, 'close'],
  ])('%s', async (_what, bytes, ending) => {
    const archived = await archive([bytes], { ending });

    expect([archived.opened, archived.stored]).toEqual([1, undefined]);
    expect(archived.outcome).toMatchObject({ kind: 'transient' });
  });
});

describe('after the first hour of a job, a transfer that may have been cut', () => {
  test.each<[what: string, transfers: Buffer[], ending: Ending, opened: number, stored: Buffer | undefined]>([
    ['a whole file with its length', [photo], 'length', 1, photo],
    ['a whole file with a last chunk', [photo], 'last-chunk', 1, photo],
    ['a whole file until the connection closes', [photo], 'close', 1, photo],
    ['a file with an unusual end, and its length', [half], 'length', 1, half],
    ['a file with an unusual end, the same twice', [half], 'last-chunk', 2, half],
    ['a half, then the whole', [half, photo], 'last-chunk', 2, photo],
    ['a half, then another half', [half, half.subarray(0, -1)], 'last-chunk', 2, undefined],
    ['a file with an unusual end until the connection closes, the same twice', [half], 'close', 2, half],
    ['a JPEG with bytes behind its end until the connection closes', [trailed], 'close', 2, trailed],
    ['a PNG that is cut for certain, with a last chunk', [halfPng], 'last-chunk', 1, undefined],
    ['a PNG that is cut for certain, until the connection closes', [halfPng], 'close', 1, undefined],
    ['a file of an open end, with a last chunk', [dump], 'last-chunk', 1, dump],
    ['a file of an open end until the connection closes, the same twice', [dump], 'close', 2, dump],
    ['a dump, then a longer one', [dump.subarray(1), dump], 'close', 2, undefined],
  ])('%s', async (_what, transfers, ending, opened, stored) => {
    const archived = await archive(transfers, { ending, mayBeUnproven: true });

    expect([archived.opened, archived.stored]).toEqual([opened, stored]);
    if (stored === undefined) expect(archived.outcome).toMatchObject({ kind: 'transient' });
    else expect(archived.outcome).toMatchObject({ size: stored.byteLength });
  });
});

describe("a file with a provider's hash", () => {
  test('is archived where it matches, whatever it looks like and however the transfer ends', async () => {
    const text = Buffer.from('a text');
    const providerHash = { algorithm: 'MD5', value: md5(text).toUpperCase() };

    const { outcome, stored } = await archive([text], { ending: 'close', providerHash });

    expect(stored).toEqual(text);
    expect(outcome).toMatchObject({ providerHash: { ...providerHash, matched: true } });
  });

  test('is never stored where it does not match', async () => {
    const providerHash = { algorithm: 'MD5', value: md5(photo) };

    const { outcome, stored } = await archive([tinyJpeg('another')], { ending: 'length', providerHash });

    expect(stored).toBeUndefined();
    expect(outcome).toMatchObject({
      kind: 'transient',
      message: "documents/photo: not the file that the provider's hash is of",
    });
  });

  test('is checked by its content where the hash cannot be compared, which is recorded', async () => {
    const providerHash = { algorithm: 'CRC', value: 'cafe' };

    const good = await archive([photo], { ending: 'length', providerHash });
    const bad = await archive([Buffer.from('a text')], { ending: 'length', providerHash });

    expect(good.outcome).toMatchObject({ providerHash: { ...providerHash, matched: null } });
    expect(bad.stored).toBeUndefined();
  });

  test('that an earlier try has stored is compared again, without asking the provider', async () => {
    const providerHash = { algorithm: 'MD5', value: md5(photo) };
    const archived = await archive([photo], { ending: 'length', providerHash });

    expect(await archived.archiveIt()).toEqual(archived.outcome);
    expect(archived.opened).toBe(1);
  });
});

test('a file without a hash has no hash in its description', async () => {
  const { outcome } = await archive([photo], { ending: 'length' });
  expect(outcome).not.toHaveProperty('providerHash');
});

test('what does not begin as JSON is refused before the rest of it is downloaded', async () => {
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
  const archiving = archiveArtifact(memoryArchive(), 'folder', artifact, AbortSignal.timeout(10_000));

  // Assess
  await expect(archiving).rejects.toMatchObject({ kind: 'transient' });
  expect(chunks).toBeLessThan(100);
});
