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
import type { FileInZip } from '../../contract/evidence-adapter.ts';
import type { ArchivedArtifact } from '../../contract/verification-event.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import type { EvidenceStore } from './evidence-store.ts';

/** The largest number of files in a ZIP. No ZIP of a provider contains as many files. */
const maxEntries = 1000;

/**
 * Reads the files of an archived ZIP in ranges, so that the whole ZIP is never in memory. The names of the files are
 * unchanged: a name may repeat, and may lead out of its folder.
 *
 * @throws EvidenceError `invalid` if the ZIP's central directory cannot be read; `transient` if the bucket fails;
 * `corrupt`, from the body of a file, if the file is damaged, encrypted, or differs from its declared length
 */
export async function* readStoredZip(store: EvidenceStore, zip: ArchivedArtifact): AsyncGenerator<FileInZip> {
  const reader = new StoredFileReader(store, zip.key);
  // A failed read from the bucket is reported first. If no read failed, the ZIP itself is damaged.
  const failure = (kind: 'invalid' | 'corrupt', what: string) => (cause: unknown) =>
    reader.failure ?? new EvidenceError(kind, `${zip.name}: ${what}`, { cause });

  async function* contentOf(file: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
    try {
      yield* intact(entry, await file.openReadStreamPromise(entry));
    } catch (cause) {
      throw failure('corrupt', 'contains a file that cannot be read')(cause);
    }
  }

  try {
    // With these options, the ZIP library yauzl does not stop at a file with a bad name or size. We decode names and
    // check sizes ourselves, so that the other files can still be read.
    const options = { decodeStrings: false, validateEntrySizes: false, autoClose: false };
    const file = await fromRandomAccessReaderPromise(reader, zip.size, options);
    if (file.entryCount > maxEntries) throw new EvidenceError('invalid', `${zip.name}: too many entries`);
    for await (const entry of file.eachEntry()) {
      const fileName = nameOf(entry);
      const { uncompressedSize } = entry;
      if (!fileName.endsWith('/')) yield { fileName, uncompressedSize, body: contentOf(file, entry) };
    }
  } catch (cause) {
    throw cause instanceof EvidenceError ? cause : failure('invalid', 'not a readable ZIP')(cause);
  }
}

/**
 * Decodes the name of a file in a ZIP (UTF-8 or code page 437). Some Windows programs write `\` in names; it becomes `/`.
 */
function nameOf({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
}

/**
 * Passes on the bytes of a file in a ZIP. @throws Error if their number or CRC differs from the ZIP's central directory
 */
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

/** Reads an object of the bucket in ranges, for the ZIP library yauzl. */
class StoredFileReader extends RandomAccessReader {
  readonly #store: EvidenceStore;
  readonly #key: string;
  /** The error of a range of the ZIP that could not be read from the bucket; null if all ranges could be read. */
  failure: EvidenceError | null = null;

  constructor(store: EvidenceStore, key: string) {
    super();
    this.#store = store;
    this.#key = key;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const passed = new PassThrough();
    const fail = (cause: Error) => {
      // If the reader needs no more bytes, it destroys the stream. This is not a failure of the bucket.
      if (passed.destroyed) return;
      this.failure ??= new EvidenceError('transient', 'a ZIP in the bucket cannot be read now', { cause });
      passed.destroy(cause);
    };
    this.#store
      .readRange(this.#key, start, end - 1)
      .then((stream) => pipeline(stream.once('error', fail), passed))
      .catch(fail);
    return passed;
  }
}
