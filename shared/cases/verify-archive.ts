import type { ArchivedArtifact } from '../contract/verification-event.ts';
import type { EvidenceStore } from '../evidence/archive/evidence-store.ts';
import { parseManifest } from '../evidence/archive/manifest.ts';
import { measureBytes } from '../evidence/archive/measure.ts';
import { measureStoredObject, readStoredObject } from '../evidence/archive/read-stored.ts';
import { ConfigurationError } from '../platform/errors.ts';
import type { Verification } from '../verifications/verification.ts';

/**
 * Verifies that the archive holds everything that the provider had of a final case: the manifest as the
 * latest event names it, and each artifact as the manifest names it. Only then may the provider delete the case.
 *
 * @returns the artifacts
 * @throws ConfigurationError that says what is missing
 */
export async function verifyArchive(
  known: Verification,
  store: EvidenceStore,
): Promise<readonly ArchivedArtifact[]> {
  const { finality, evidence } = known;
  const refuse = (why: string): never => refuseToDelete(known, why);
  if (finality !== 'final') refuse('the case is not final');
  if (evidence?.status !== 'archived') return refuse('its evidence is not archived');
  const { manifest: manifestKey, manifestSha256 } = evidence;
  const bytes = manifestKey === null ? null : await readStoredObject(store, manifestKey);
  if (bytes === null) return refuse('its evidence has no manifest');
  if (measureBytes(bytes).sha256 !== manifestSha256) refuse('its manifest is not what the event names');
  // The event may list fewer artifacts than the manifest.
  const { artifacts, missing } = parseManifest(bytes);
  if (missing.length > 0) refuse(`${missing.map(({ name }) => name).join(', ')} is not in the archive`);
  if (artifacts.length === 0) refuse('its archive is empty');
  for (const { key, sha256 } of artifacts) {
    if ((await measureStoredObject(store, key))?.sha256 !== sha256)
      refuse(`${key} is not what the manifest names`);
  }
  return artifacts;
}

/** @throws ConfigurationError always */
export function refuseToDelete({ verificationId }: Pick<Verification, 'verificationId'>, why: string): never {
  throw new ConfigurationError(`${verificationId}: ${why}. Nothing was deleted`);
}
