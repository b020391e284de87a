import type { ArchivedArtifact } from '../contract/verification-event.ts';
import type { Archive } from './archive.ts';
import { archiveArtifact } from './archive-artifact.ts';
import { contentTypeOf } from './content-types.ts';
import { readZip } from './read-zip.ts';

/** Where the entries are, below the job's folder. */
export const entriesFolder = 'files/';

/**
 * Archives the entries of an archived ZIP under `files/`. The ZIP is read where it is, in ranges, so that
 * neither memory nor disk has to hold it. The ZIP itself stays untouched.
 *
 * @throws EvidenceError `invalid` where it is not a ZIP, an entry cannot be read (damaged, encrypted), or its name
 * leads out of its folder
 */
export async function archiveZipEntries(
  archive: Archive,
  folder: string,
  zip: ArchivedArtifact,
  signal: AbortSignal,
): Promise<ArchivedArtifact[]> {
  const archived: ArchivedArtifact[] = [];
  for await (const { fileName, uncompressedSize, body } of readZip(archive, zip)) {
    const name = `${entriesFolder}${fileName}`;
    const open = async () => ({ body, length: uncompressedSize });
    const artifact = { name, contentType: contentTypeOf(name), mayBeEmpty: true, open };
    archived.push(await archiveArtifact(archive, folder, artifact, signal));
  }
  return archived;
}
