import * as z from 'zod/mini';
import { ArchivedArtifact, MissingArtifact } from '../../contract/verification-event.ts';
import type { EvidenceStore } from './evidence-store.ts';
import { readStoredObject } from './read-stored.ts';
import { storeOrReadObject } from './write-once.ts';

/** The list of a folder's artifacts. It is written last: a folder without a manifest is not complete. */
const Manifest = z.object({
  version: z.literal(1),
  provider: z.string(),
  verificationId: z.string(),
  reference: z.nullable(z.string()),
  /** The sequence of the event that requested the evidence. */
  sequence: z.int(),
  archivedAt: z.string(),
  artifacts: z.array(ArchivedArtifact),
  missing: z.array(MissingArtifact),
});
type Manifest = z.infer<typeof Manifest>;

export const buildManifestKey = (folder: string) => `${folder}/manifest.json`;

/** @returns null if the folder has no manifest. @throws EvidenceError `transient` if the bucket cannot be read now */
export async function readManifest(store: EvidenceStore, folder: string): Promise<Manifest | null> {
  const bytes = await readStoredObject(store, buildManifestKey(folder));
  return bytes && parse(bytes);
}

/**
 * Writes the manifest, unless the folder has a manifest already.
 *
 * @returns the manifest in the folder: the given manifest, or the manifest that was written before
 * @throws EvidenceError `transient` if the bucket cannot be read now
 */
export async function commitManifest(
  store: EvidenceStore,
  folder: string,
  manifest: Manifest,
): Promise<Manifest> {
  const committed = await readManifest(store, folder);
  if (committed !== null) return committed;
  const bytes = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  return parse(await storeOrReadObject(store, buildManifestKey(folder), bytes, 'application/json'));
}

function parse(bytes: Uint8Array): Manifest {
  return Manifest.parse(JSON.parse(Buffer.from(bytes).toString()));
}
