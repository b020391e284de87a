import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { EvidenceStore } from '../../shared/evidence/archive/evidence-store.ts';

export interface MemoryEvidenceStore extends EvidenceStore {
  readonly objects: Map<string, { readonly bytes: Buffer; readonly contentType: string }>;
  /** The key of each write, in the order of the writes. */
  readonly writes: string[];
  /** True if reads from the bucket fail, as they do when S3 is overloaded. */
  failReads: boolean;
  /** True if writes to the bucket fail. */
  failWrites: boolean;
}

/** The evidence bucket in memory. Like the real bucket, it never overwrites, and stores no part of a body that fails. */
export function memoryEvidenceStore(): MemoryEvidenceStore {
  const objects: MemoryEvidenceStore['objects'] = new Map();
  const writes: string[] = [];
  const bytesOf = (key: string) => {
    const found = objects.get(key);
    if (found === undefined || store.failReads) throw new Error('SlowDown');
    return found.bytes;
  };
  const put = async (key: string, body: AsyncIterable<Uint8Array>, contentType: string) => {
    writes.push(key);
    if (store.failWrites) throw new Error('SlowDown');
    const bytes = await buffer(Readable.from(body));
    if (objects.has(key)) return false;
    objects.set(key, { bytes, contentType });
    return true;
  };
  const store: MemoryEvidenceStore = {
    objects,
    writes,
    failReads: false,
    failWrites: false,
    bucket: 'evidence-bucket',
    putOnce: async (key, bytes, contentType) => put(key, Readable.from([bytes]), contentType),
    async putStreamOnce(key, body, contentType, signal) {
      signal.throwIfAborted();
      return put(key, body, contentType);
    },
    contentTypeOf: async (key) => objects.get(key)?.contentType ?? null,
    listKeys: async (prefix) => [...objects.keys()].filter((key) => key.startsWith(prefix)),
    read: async (key) => Readable.from([bytesOf(key)]),
    readRange: async (key, start, end) => Readable.from([bytesOf(key).subarray(start, end + 1)]),
  };
  return store;
}
