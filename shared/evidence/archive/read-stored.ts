import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import type { EvidenceStore } from './evidence-store.ts';

/**
 * Reads a whole object of the bucket into memory. Use it only for objects that were in memory when they were stored,
 * because other objects may be too large.
 *
 * @returns null if the object does not exist
 * @throws EvidenceError `transient` if the bucket cannot be read now
 */
export async function readStoredObject(store: EvidenceStore, key: string): Promise<Uint8Array | null> {
  try {
    if ((await store.contentTypeOf(key)) === null) return null;
    return await buffer(Readable.from(await store.read(key)));
  } catch (cause) {
    throw new EvidenceError('transient', 'an object in the bucket cannot be read now', { cause });
  }
}
