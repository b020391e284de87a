import type { BlobStore } from '../platform/blob-store.ts';

/** An object that a row refers to. It is in the bucket before the row is in its table. */
export interface StoredObject {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

export async function storeObjects(blobs: BlobStore, objects: readonly StoredObject[]): Promise<void> {
  for (const { key, bytes, contentType } of objects) await blobs.put(key, bytes, contentType);
}
