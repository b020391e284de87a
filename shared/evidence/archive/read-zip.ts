import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import {
  type Entry,
  fromRandomAccessReaderPromise,
  getFileNameLowLevel,
  RandomAccessReader,
  type ZipFile,
} from 'yauzl';
import type { ZipFileContent } from '../../contract/evidence-source.ts';
import type { ArchivedArtifact } from '../../contract/verification-event.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import type { Archive } from './evidence-store.ts';

/** More than any provider packs; a ZIP with more is not one of theirs. */
const maxEntries = 1000;

/**
 * The files in a ZIP, read where it is, in ranges. Names are as the ZIP has them: they may repeat, and lead anywhere.
 *
 * @throws EvidenceError `invalid`, where the directory of the ZIP cannot be read; `corrupt` out of the body of a file
 * that is damaged, encrypted, or not as long as declared; `transient`, where the bucket fails
 */
export async function* readZip(archive: Archive, zip: ArchivedArtifact): AsyncGenerator<ZipFileContent> {
  const reader = new ArchivedFileReader(archive, zip.key);
  // Where the bucket is not at fault, it is the ZIP.
  const failure = (kind: 'invalid' | 'corrupt', what: string) => (cause: unknown) =>
    reader.failure ?? new EvidenceError(kind, `${zip.name}: ${what}`, { cause });

  async function* contentOf(file: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
    try {
      yield* intact(entry, await file.openReadStreamPromise(entry));
    } catch (cause) {
      throw failure('corrupt', 'holds a file that cannot be read')(cause);
    }
  }

  try {
    // What is wrong with one file must not cost the others: its name is decoded, and its size checked, by us.
    const options = { decodeStrings: false, validateEntrySizes: false, autoClose: false };
    const file = await fromRandomAccessReaderPromise(reader, zip.size, options);
    if (file.entryCount > maxEntries) throw new EvidenceError('invalid', `${zip.name}: too many entries`);
    for await (const entry of file.eachEntry()) {
      const fileName = nameOf(entry);
      const { uncompressedSize } = entry;
      if (!fileName.endsWith('/')) yield { fileName, uncompressedSize, body: contentOf(file, entry) };
    }
  } catch (cause) {
    throw cause instanceof EvidenceError ? cause : failure('invalid', 'not a ZIP that can be read')(cause);
  }
}

/** In UTF-8 or code page 437, with `/` for the `\` that some Windows programs write. */
function nameOf({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
}

/** Passes the bytes of a file on. @throws Error where they are not those that were packed */
async function* intact(entry: Entry, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0;
  let crc = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > entry.uncompressedSize) throw new RangeError('more bytes than declared');
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (size < entry.uncompressedSize) throw new RangeError('fewer bytes than declared');
  if (crc !== entry.crc32) throw new Error('the CRC does not match');
}

/** Lets yauzl read an object of the bucket in ranges. */
class ArchivedFileReader extends RandomAccessReader {
  readonly #archive: Archive;
  readonly #key: string;
  /** Why a range could not be read; null where all could. */
  failure: EvidenceError | null = null;

  constructor(archive: Archive, key: string) {
    super();
    this.#archive = archive;
    this.#key = key;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const passed = new PassThrough();
    const fail = (cause: Error) => {
      // A reader that has seen enough destroys the stream: no failure of the bucket.
      if (passed.destroyed) return;
      this.failure ??= new EvidenceError('transient', 'a ZIP in the bucket cannot be read now', { cause });
      passed.destroy(cause);
    };
    this.#archive
      .readRange(this.#key, start, end - 1)
      .then((stream) => pipeline(stream.once('error', fail), passed))
      .catch(fail);
    return passed;
  }
}
