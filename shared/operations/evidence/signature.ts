import type { EvidenceAdapter } from '../../contract/evidence-adapter.ts';
import { buildArchiveJobAgain } from '../../contract/evidence-job.ts';
import type { Check } from '../../contract/identity.ts';
import type { EvidenceStore } from '../../evidence/archive/evidence-store.ts';
import type { parseManifest } from '../../evidence/archive/manifest.ts';
import { readStoredObject } from '../../evidence/archive/read-stored.ts';
import { readStoredZip } from '../../evidence/archive/read-zip.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';

type Manifest = ReturnType<typeof parseManifest>;

/**
 * Makes the provider's checks of archived content again, such as IDnow's check of the XML signatures.
 *
 * @param providerStatus the provider's own status of the case
 * @returns the checks; empty if the provider has none, or the stage has no keys
 * @throws EvidenceError if the archived result is not a result of this case
 */
export async function checkArchivedContent(
  store: EvidenceStore,
  adapter: EvidenceAdapter,
  { artifacts, ...manifest }: Manifest,
  providerStatus: string,
): Promise<readonly Check[]> {
  const find = (name: string) => {
    const artifact = artifacts.find((each) => each.name === name);
    if (artifact === undefined) throw new EvidenceError('invalid', `the manifest names no ${name}`);
    return artifact;
  };
  const result = await readStoredObject(store, find(adapter.resultName).key);
  if (result === null) throw new EvidenceError('invalid', `${adapter.resultName} is missing`);
  const job = buildArchiveJobAgain({ ...manifest, providerStatus }, manifest.archivedAt);
  const { inspect } = adapter.conclude(job, result);
  return (await inspect?.((name) => readStoredZip(store, find(name)))) ?? [];
}
