import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import type { ArchivedArtifact } from '../contract/verification-event.ts';
import { EvidenceError } from '../providers/evidence-error.ts';
import type { ZipFileContent } from '../providers/evidence-source.ts';
import type { Archive } from './archive.ts';

/** More than any provider packs; a ZIP with more is not one of theirs. */
const maxEntries = 1000;

/**
 * The files in a ZIP, read where it is, in ranges. Their names and sizes are validated by yauzl: no absolute paths, no `..`, no more bytes
 * than declared.
 */
export async function* readZip(archive: Archive, zip: ArchivedArtifact): AsyncGenerator<ZipFileContent> {
  const reader = new ArchivedFileReader(archive, zip.key);
  // Where the bucket is not at fault, it is the ZIP.
  const failure = (cause: unknown) =>
    reader.failure ?? new EvidenceError('invalid', `${zip.name}: not a ZIP that can be read`, { cause });

  async function* contentOf(file: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
    try {
      yield* await file.openReadStreamPromise(entry);
    } catch (cause) {
      throw failure(cause);
    }
  }

  try {
    const file = await fromRandomAccessReaderPromise(reader, zip.size);
    if (file.entryCount > maxEntries) throw new EvidenceError('invalid', `${zip.name}: too many entries`);
    for await (const entry of file.eachEntry()) {
      const { fileName, uncompressedSize } = entry;
      if (!fileName.endsWith('/')) yield { fileName, uncompressedSize, body: contentOf(file, entry) };
    }
  } catch (cause) {
    throw cause instanceof EvidenceError ? cause : failure(cause);
  }
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
