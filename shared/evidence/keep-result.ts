import { EvidenceError } from '../providers/evidence-error.ts';
import type { KeepResult } from '../providers/evidence-source.ts';
import type { Archive } from './archive.ts';
import { readArchived } from './read-archived.ts';

/**
 * Keeps a job's result in its folder. The bucket never overwrites: of two tries at once, both go on with what the first
 * of them has brought.
 *
 * @param found is told where another try has brought it
 */
export function keepResultIn(archive: Archive, folder: string, found: () => void): KeepResult {
  return async (name, contentType, ask, signal) => {
    const key = `${folder}/${name}`;
    const stored = await readArchived(archive, key);
    if (stored === null) {
      const bytes = await ask();
      if (await archive.write(key, contentType, only(bytes), signal)) return bytes;
    }
    found();
    const kept = stored ?? (await readArchived(archive, key));
    if (kept === null) throw new EvidenceError('transient', `${name}: another try is just storing it`);
    return kept;
  };
}

async function* only(bytes: Uint8Array) {
  yield bytes;
}
