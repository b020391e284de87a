import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import type { ArchivedArtifact } from '../contract/verification-event.ts';
import type { Archive } from './archive.ts';
import { archiveArtifact } from './archive-artifact.ts';
import { contentTypeOf } from './content-types.ts';
import { EvidenceError } from './errors.ts';

/** More than any provider packs; a ZIP with more is not one of theirs. */
const maxEntries = 1000;

/**
 * Archives the entries of an archived ZIP under `files/`. The ZIP is read where it is, in ranges, so that
 * neither memory nor disk has to hold it. The ZIP itself stays untouched.
 *
 * @throws EvidenceError `invalid` where it is not a ZIP, or an entry's name leads out of its folder
 */
export async function archiveZipEntries(
  archive: Archive,
  folder: string,
  zip: ArchivedArtifact,
  signal: AbortSignal,
): Promise<ArchivedArtifact[]> {
  const file = await openZip(archive, zip);
  try {
    const archived: ArchivedArtifact[] = [];
    for await (const entry of file.eachEntry()) {
      if (archived.length === maxEntries) throw new EvidenceError('invalid', `${zip.name}: too many entries`);
      if (!entry.fileName.endsWith('/'))
        archived.push(await archiveEntry(archive, folder, file, entry, signal));
    }
    return archived;
  } finally {
    file.close();
  }
}

async function openZip(archive: Archive, zip: ArchivedArtifact): Promise<ZipFile> {
  const reader = new ArchivedFileReader(archive, zip.key);
  try {
    // Entry names and sizes are validated by yauzl: no absolute paths, no `..`, no more bytes than declared.
    return await fromRandomAccessReaderPromise(reader, zip.size, { autoClose: false });
  } catch (cause) {
    throw new EvidenceError('invalid', `${zip.name}: not a ZIP file`, { cause });
  }
}

function archiveEntry(archive: Archive, folder: string, file: ZipFile, entry: Entry, signal: AbortSignal) {
  const name = `files/${entry.fileName}`;
  const open = async () => ({
    body: await file.openReadStreamPromise(entry),
    length: entry.uncompressedSize,
  });
  return archiveArtifact(archive, folder, { name, contentType: contentTypeOf(name), open }, signal);
}

/** Lets yauzl read an object of the bucket in ranges. */
class ArchivedFileReader extends RandomAccessReader {
  readonly #archive: Archive;
  readonly #key: string;

  constructor(archive: Archive, key: string) {
    super();
    this.#archive = archive;
    this.#key = key;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const passed = new PassThrough();
    // A failure reaches yauzl through `passed`, which the pipeline destroys with it.
    this.#archive
      .readRange(this.#key, start, end - 1)
      .then((stream) => pipeline(stream, passed))
      .catch((error: Error) => passed.destroy(error));
    return passed;
  }
}
