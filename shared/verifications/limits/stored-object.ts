import type { BlobStore } from '../../platform/blob-store.ts';

/** An object that a row refers to. The object is stored before the row. */
export interface BucketObject {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/**
 * Stores objects in the bucket. If an object exists already, it stays: it comes from an earlier try of the same write,
 * because no two writes share a key.
 */
export async function storeObjectsInBucket(to: BlobStore, objects: readonly BucketObject[]): Promise<void> {
  for (const { key, bytes, contentType } of objects) await to.putOnce(key, bytes, contentType);
}
