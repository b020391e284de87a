import type { FileInZip } from '../../contract/evidence-adapter.ts';
import type { ArchivedArtifact } from '../../contract/verification-event.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import { archiveArtifact } from './archive-artifact.ts';
import type { ArtifactFailure, CollectedArtifacts } from './collected.ts';
import { findContentTypeByExtension, hasExtension } from './content-types.ts';
import { makeDistinctEntryNames } from './entry-names.ts';
import type { EvidenceStore } from './evidence-store.ts';
import { readStoredZip } from './read-zip.ts';

/** The folder for the unpacked files of a ZIP, below the job's folder. */
export const zipEntriesFolder = 'files/';

/**
 * Archives the entries of an archived ZIP, below `files/`. The ZIP is read from the bucket in ranges, because it may be
 * too large for memory and disk. If an entry is bad, only this entry fails.
 *
 * @throws EvidenceError `invalid` if the ZIP's central directory cannot be read. After any other error, another try may
 * succeed
 */
export async function archiveZipEntries(
  store: EvidenceStore,
  folder: string,
  zip: ArchivedArtifact,
  signal: AbortSignal,
): Promise<CollectedArtifacts> {
  const artifacts: ArchivedArtifact[] = [];
  const failures: ArtifactFailure[] = [];
  const files: FileInZip[] = [];
  // First read the names of all files, because a repeated name gets a number. This loop reads only the ZIP's central
  // directory, not the files.
  for await (const file of readStoredZip(store, zip)) files.push(file);
  const names = makeDistinctEntryNames(files.map(({ fileName }) => fileName));
  const takenNames = new Set(names.map((name) => `${zipEntriesFolder}${name}`));
  for (const [index, file] of files.entries()) {
    const name = names[index] ?? null;
    const label = `${zipEntriesFolder}[${index}]`;
    try {
      artifacts.push(await archiveEntry(store, folder, { name, label, takenNames }, file, signal));
    } catch (error) {
      if (!isFaultOfEntry(error)) throw error;
      failures.push({
        name: `${zipEntriesFolder}${shortened(name ?? file.fileName)}`,
        label,
        required: false,
        error: new EvidenceError(error.kind, error.message, { cause: error, isFinal: true }),
      });
    }
  }
  return { artifacts, failures };
}

/** The longest key that S3 allows, in bytes. */
const maxKeyBytes = 1024;

interface EntryName {
  readonly name: string | null;
  readonly label: string;
  /** The names of all entries of the ZIP. */
  readonly takenNames: ReadonlySet<string>;
}

async function archiveEntry(
  store: EvidenceStore,
  folder: string,
  { name: path, label, takenNames }: EntryName,
  { uncompressedSize, body }: FileInZip,
  signal: AbortSignal,
): Promise<ArchivedArtifact> {
  const name = `${zipEntriesFolder}${path}`;
  // The name may still get an extension.
  const longestName = hasExtension(name) ? name : `${name}.json`;
  if (path === null || Buffer.byteLength(`${folder}/${longestName}`) > maxKeyBytes) {
    throw new EvidenceError('invalid', 'an entry of the ZIP has a name that cannot become a key');
  }
  const open = async () => ({ body, length: uncompressedSize, ending: 'length' as const });
  const content = { kind: 'checked' } as const;
  const entry = {
    name,
    label,
    contentType: findContentTypeByExtension(name),
    content,
    takenNames,
    mayBeEmpty: true,
    open,
  };
  return archiveArtifact(store, folder, entry, signal);
}

/**
 * Checks whether the entry of the ZIP itself is bad. Another try would not help then, because an archived ZIP never
 * changes.
 */
function isFaultOfEntry(error: unknown): error is EvidenceError {
  return error instanceof EvidenceError && ['corrupt', 'invalid', 'too_large'].includes(error.kind);
}

const maxNameLength = 200;

function shortened(name: string): string {
  return name.length > maxNameLength ? `${name.slice(0, maxNameLength)}…` : name;
}
