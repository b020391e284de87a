import * as z from 'zod/mini';
import { ArchivedArtifact, MissingArtifact } from '../../contract/verification-event.ts';
import type { EvidenceStore } from './evidence-store.ts';
import { measureBytes } from './measure.ts';
import { readStoredObject } from './read-stored.ts';
import { storeOrReadObject } from './write-once.ts';

/** The list of a folder's artifacts. It is written last: a folder without a manifest is not complete. */
const Manifest = z.object({
  version: z.literal(1),
  provider: z.string(),
  verificationId: z.string(),
  reference: z.nullable(z.string()),
  generation: z.string(),
  /** The sequence of the event that requested the evidence. */
  sequence: z.int(),
  archivedAt: z.string(),
  artifacts: z.array(ArchivedArtifact),
  missing: z.array(MissingArtifact),
});
type Manifest = z.infer<typeof Manifest>;

export const buildManifestKey = (folder: string) => `${folder}/manifest.json`;

export interface CommittedManifest {
  readonly manifest: Manifest;
  /** The SHA-256 of the manifest's bytes, in hexadecimal. */
  readonly sha256: string;
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
): Promise<CommittedManifest> {
  const key = buildManifestKey(folder);
  const given = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  const bytes =
    (await readStoredObject(store, key)) ?? (await storeOrReadObject(store, key, given, 'application/json'));
  return { manifest: parseManifest(bytes), sha256: measureBytes(bytes).sha256 };
}

/** @throws Error if the bytes are no manifest */
export function parseManifest(bytes: Uint8Array): Manifest {
  return Manifest.parse(JSON.parse(Buffer.from(bytes).toString()));
}
