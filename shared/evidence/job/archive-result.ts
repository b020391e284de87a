import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { KeepResult } from '../../contract/evidence-source.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import type { Archive } from '../archive/evidence-store.ts';
import { folderOf } from '../archive/folder.ts';
import { readManifest } from '../archive/manifest.ts';
import { readArchived } from '../archive/read-stored.ts';
import { writeOnce } from '../archive/write-once.ts';

/**
 * Keeps a job's result in its folder. The bucket never overwrites: of two tries at once, both go on with what the first
 * of them has brought.
 *
 * @param found is told where another try has brought it
 */
export function keepResultOf(job: EvidenceJob, archive: Archive, found: () => void): KeepResult {
  const folder = folderOf(job);
  return async (name, contentType, ask, signal) => {
    const key = `${folder}/${name}`;
    const stored = await readArchived(archive, key);
    if (stored !== null) {
      await refuseOlder(job, archive, folder);
      found();
      return stored;
    }
    const bytes = await ask();
    const kept = await writeOnce(archive, key, contentType, bytes, signal);
    if (kept !== bytes) found();
    return kept;
  };
}

/**
 * A verification that has left the table (its retention is over, or the table was restored) is numbered anew, and meets
 * the folders of its earlier life. What is in them must not decide.
 */
async function refuseOlder({ requestedAt }: EvidenceJob, archive: Archive, folder: string): Promise<void> {
  const manifest = await readManifest(archive, folder);
  if (manifest === null || Date.parse(manifest.archivedAt) + clockSkewMs >= Date.parse(requestedAt)) return;
  throw new EvidenceError('invalid', `the archive holds evidence of before ${requestedAt} at this number`);
}

const clockSkewMs = 60_000;
