import type { BlobStore, WriteOnceStore } from '../platform/blob-store.ts';

/** An object that a row refers to. It is in the bucket before the row is in its table. */
export interface StoredObject {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** The bucket that objects of rows go to. */
export type ObjectBucket = Pick<BlobStore, 'bucket'> & WriteOnceStore;

/** One that is there already was stored by an earlier try of the same write: no two writes share a key. */
export async function storeObjects(to: ObjectBucket, objects: readonly StoredObject[]): Promise<void> {
  for (const { key, bytes, contentType } of objects) await to.putOnce(key, bytes, contentType);
}
