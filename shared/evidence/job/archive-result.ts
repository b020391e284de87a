import type { EvidenceAdapterWithResult } from '../../contract/evidence-adapter.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { ArchivedArtifact } from '../../contract/verification-event.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import type { EvidenceStore } from '../archive/evidence-store.ts';
import { buildEvidenceFolder } from '../archive/folder.ts';
import { readManifest } from '../archive/manifest.ts';
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
  source: EvidenceAdapterWithResult,
  job: EvidenceJob,
  store: EvidenceStore,
  signal: AbortSignal,
): Promise<ArchivedResult> {
  const folder = buildEvidenceFolder(job);
  const { resultName: name, contentType } = source;
  const key = `${folder}/${name}`;
  const describe = (bytes: Uint8Array, isNew: boolean): ArchivedResult => ({
    bytes,
    artifact: { name, key, contentType, ...measureBytes(bytes) },
    isNew,
  });
  const stored = await readStoredObject(store, key);
  if (stored !== null) {
    await assertOfThisJob(job, store, folder);
    return describe(stored, false);
  }
  const fetched = await source.fetchResult(job, signal);
  const kept = await storeOrReadObject(store, key, fetched, contentType, signal);
  return describe(kept, kept === fetched);
}

/**
 * Rejects a folder that an older row of the verification has left. If a row leaves the table (its retention ends, or the
 * table is restored), the verification starts again with sequence 1. Its new jobs then find the old folders, and old
 * results must not decide.
 */
async function assertOfThisJob(
  { requestedAt }: EvidenceJob,
  store: EvidenceStore,
  folder: string,
): Promise<void> {
  const manifest = await readManifest(store, folder);
  if (manifest === null || Date.parse(manifest.archivedAt) + clockSkewMs >= Date.parse(requestedAt)) return;
  throw new EvidenceError('invalid', `the job's folder holds evidence from before ${requestedAt}`);
}

const clockSkewMs = 60_000;
