import { EvidenceError } from '../../provider-api/evidence-error.ts';
import type { EvidenceStore } from './evidence-store.ts';
import { readStoredObject } from './read-stored.ts';

/**
 * Stores an object, unless the key exists.
 *
 * @returns the bytes in the bucket: the given `bytes`, or the bytes that another writer has stored before
 * @throws EvidenceError `transient` if another writer is storing the object, so that it cannot be read yet
 */
export async function storeOrReadObject(
  store: EvidenceStore,
  key: string,
  bytes: Uint8Array,
  contentType: string,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  if (await store.putOnce(key, bytes, contentType, signal)) return bytes;
  const stored = await readStoredObject(store, key);
  if (stored === null) throw new EvidenceError('transient', 'another writer is storing this object now');
  return stored;
}
