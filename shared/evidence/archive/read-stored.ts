import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import type { EvidenceStore } from './evidence-store.ts';
import type { SizeAndHash } from './measure.ts';

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

/**
 * Reads an object of any size, and computes its size and its hash.
 *
 * @returns null if the object does not exist
 */
export async function measureStoredObject(store: EvidenceStore, key: string): Promise<SizeAndHash | null> {
  if ((await store.contentTypeOf(key)) === null) return null;
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of await store.read(key)) {
    hash.update(chunk);
    size += chunk.byteLength;
  }
  return { size, sha256: hash.digest('hex') };
}
