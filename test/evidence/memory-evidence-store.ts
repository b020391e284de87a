import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Archive } from '../../shared/evidence/archive/evidence-store.ts';

export interface MemoryArchive extends Archive {
  readonly objects: Map<string, { readonly bytes: Buffer; readonly contentType: string }>;
  /** How often a body was taken, by key. */
  readonly writes: string[];
  /** From now on, reads fail as S3 does when it is overloaded. */
  failReads: boolean;
  /** Likewise writes. */
  failWrites: boolean;
}

/** The evidence bucket in memory: like the real one, it never overwrites, and keeps no part of a body that breaks. */
export function memoryArchive(): MemoryArchive {
  const objects: MemoryArchive['objects'] = new Map();
  const writes: string[] = [];
  const bytesOf = (key: string) => {
    const found = objects.get(key);
    if (found === undefined || archive.failReads) throw new Error('SlowDown');
    return found.bytes;
  };
  const archive: MemoryArchive = {
    objects,
    writes,
    failReads: false,
    failWrites: false,
    bucket: 'evidence-bucket',
    contentTypeOf: async (key) => objects.get(key)?.contentType ?? null,
    async write(key, contentType, body, signal) {
      writes.push(key);
      signal.throwIfAborted();
      if (archive.failWrites) throw new Error('SlowDown');
      const bytes = await buffer(Readable.from(body));
      if (objects.has(key)) return false;
      objects.set(key, { bytes, contentType });
      return true;
    },
    read: async (key) => Readable.from([bytesOf(key)]),
    readRange: async (key, start, end) => Readable.from([bytesOf(key).subarray(start, end + 1)]),
  };
  return archive;
}
