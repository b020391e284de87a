import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import type { Archive } from './evidence-store.ts';

/**
 * Reads an object of the bucket whole: for what fitted into memory when it was archived.
 *
 * @returns null where there is no such object
 * @throws EvidenceError `transient`, where the bucket cannot be read now
 */
export async function readArchived(archive: Archive, key: string): Promise<Uint8Array | null> {
  try {
    if ((await archive.contentTypeOf(key)) === null) return null;
    return await buffer(Readable.from(await archive.read(key)));
  } catch (cause) {
    throw new EvidenceError('transient', 'an artifact in the bucket cannot be read now', { cause });
  }
}
