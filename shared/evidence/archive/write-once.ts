import { Readable } from 'node:stream';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import type { Archive } from './evidence-store.ts';
import { readArchived } from './read-stored.ts';

/**
 * Stores an object, unless there is one of that key.
 *
 * @returns what is in the bucket: `bytes` themselves, or what another writer has stored first
 * @throws EvidenceError `transient`, where that cannot be read yet
 */
export async function writeOnce(
  archive: Archive,
  key: string,
  contentType: string,
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<Uint8Array> {
  if (await archive.write(key, contentType, Readable.from([bytes]), signal)) return bytes;
  const stored = await readArchived(archive, key);
  if (stored === null) throw new EvidenceError('transient', 'another writer is just storing this object');
  return stored;
}
