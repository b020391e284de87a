import type { EvidenceAdapter } from '../../contract/evidence-adapter.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { ArchivedArtifact } from '../../contract/verification-event.ts';
import type { EvidenceStore } from '../archive/evidence-store.ts';
import { buildEvidenceFolder } from '../archive/folder.ts';
import { measureBytes } from '../archive/measure.ts';
import { readStoredObject } from '../archive/read-stored.ts';
import { storeOrReadObject } from '../archive/write-once.ts';

/** The result by which a job decides, as it is stored in the bucket. */
interface ArchivedResult {
  readonly bytes: Uint8Array;
  readonly artifact: ArchivedArtifact;
  /** True if this try stored the result; false if another try of the job stored it before. */
  readonly isNew: boolean;
}

/**
 * Returns the result from the job's folder. If the folder has no result, the result is fetched from the provider and
 * stored first. Objects are never overwritten, so all tries of a job get the same bytes, even two tries at the same time.
 *
 * @throws EvidenceError if the provider has no usable result, or `transient` if the bucket cannot be read now
 */
export async function archiveResult(
  source: EvidenceAdapter,
  job: EvidenceJob,
  store: EvidenceStore,
  signal: AbortSignal,
): Promise<ArchivedResult> {
  const { resultName: name, contentType } = source;
  const key = `${buildEvidenceFolder(job)}/${name}`;
  const describe = (bytes: Uint8Array, isNew: boolean): ArchivedResult => ({
    bytes,
    artifact: { name, key, contentType, ...measureBytes(bytes) },
    isNew,
  });
  const stored = await readStoredObject(store, key);
  if (stored !== null) return describe(stored, false);
  const fetched = await source.fetchResult(job, signal);
  const kept = await storeOrReadObject(store, key, fetched, contentType, signal);
  return describe(kept, kept === fetched);
}
