import * as z from 'zod';
import { ArchivedArtifact, MissingArtifact } from '../../contract/verification-event.ts';
import type { Archive } from './evidence-store.ts';
import { readArchived } from './read-stored.ts';
import { writeOnce } from './write-once.ts';

/** The table of contents of a job's folder, written last: it is the commit. */
const Manifest = z.object({
  version: z.literal(1),
  provider: z.string(),
  verificationId: z.string(),
  reference: z.string().nullable(),
  /** The event that asked for the evidence. */
  sequence: z.number().int(),
  archivedAt: z.string(),
  artifacts: z.array(ArchivedArtifact),
  missing: z.array(MissingArtifact),
});
type Manifest = z.infer<typeof Manifest>;

export const manifestKey = (folder: string) => `${folder}/manifest.json`;

/** Null where none has been committed. @throws EvidenceError `transient` */
export async function readManifest(archive: Archive, folder: string): Promise<Manifest | null> {
  const bytes = await readArchived(archive, manifestKey(folder));
  return bytes && parse(bytes);
}

/** @returns the manifest in force: the first that was written. @throws EvidenceError `transient` */
export async function commitManifest(
  archive: Archive,
  folder: string,
  manifest: Manifest,
): Promise<Manifest> {
  const committed = await readManifest(archive, folder);
  if (committed !== null) return committed;
  const bytes = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  const signal = AbortSignal.timeout(30_000);
  return parse(await writeOnce(archive, manifestKey(folder), 'application/json', bytes, signal));
}

function parse(bytes: Uint8Array): Manifest {
  return Manifest.parse(JSON.parse(Buffer.from(bytes).toString()));
}
