import type { ZipFileContent } from '../../contract/evidence-source.ts';
import type { ArchivedArtifact } from '../../contract/verification-event.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import { archiveArtifact } from './archive-artifact.ts';
import type { Archived, Failure } from './collected.ts';
import { contentTypeOf } from './content-types.ts';
import { entryNames } from './entry-names.ts';
import type { Archive } from './evidence-store.ts';
import { readZip } from './read-zip.ts';

/** Where the entries are, below the job's folder. */
export const entriesFolder = 'files/';

/**
 * Archives the entries of an archived ZIP under `files/`. The ZIP is read where it is, in ranges, so that neither memory
 * nor disk has to hold it. The ZIP itself stays untouched. An entry that cannot be archived is a failure of its own.
 *
 * @throws EvidenceError `invalid` where the directory of the ZIP cannot be read; else what may pass
 */
export async function archiveZipEntries(
  archive: Archive,
  folder: string,
  zip: ArchivedArtifact,
  signal: AbortSignal,
): Promise<Archived> {
  const artifacts: ArchivedArtifact[] = [];
  const failures: Failure[] = [];
  const files: ZipFileContent[] = [];
  // The name of an entry depends on all others. Nothing but the directory is read here.
  for await (const file of readZip(archive, zip)) files.push(file);
  const names = entryNames(files.map(({ fileName }) => fileName));
  for (const [index, file] of files.entries()) {
    const name = names[index] ?? null;
    const label = `${entriesFolder}[${index}]`;
    try {
      artifacts.push(await archiveEntry(archive, folder, { name, label }, file, signal));
    } catch (error) {
      if (!isOfTheEntry(error)) throw error;
      failures.push({
        name: `${entriesFolder}${shown(name ?? file.fileName)}`,
        label,
        required: false,
        error: new EvidenceError(error.kind, error.message, { cause: error, isFinal: true }),
      });
    }
  }
  return { artifacts, failures };
}

/** Of a key of S3, in bytes. */
const longestKey = 1024;

async function archiveEntry(
  archive: Archive,
  folder: string,
  { name: path, label }: { readonly name: string | null; readonly label: string },
  { uncompressedSize, body }: ZipFileContent,
  signal: AbortSignal,
): Promise<ArchivedArtifact> {
  const name = `${entriesFolder}${path}`;
  if (path === null || Buffer.byteLength(`${folder}/${name}`) > longestKey) {
    throw new EvidenceError('invalid', 'an entry of the ZIP has a name that no key can hold');
  }
  const open = async () => ({ body, length: uncompressedSize, ending: 'length' as const });
  const content = { kind: 'checked' } as const;
  const entry = { name, label, contentType: contentTypeOf(name), content, mayBeEmpty: true, open };
  return archiveArtifact(archive, folder, entry, signal);
}

/** It is in the archived ZIP as it is, and will not get better. */
function isOfTheEntry(error: unknown): error is EvidenceError {
  return error instanceof EvidenceError && ['corrupt', 'invalid', 'too_large'].includes(error.kind);
}

const longestShown = 200;

const shown = (name: string) => (name.length > longestShown ? `${name.slice(0, longestShown)}…` : name);
