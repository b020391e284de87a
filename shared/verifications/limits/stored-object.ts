import type { BlobStore } from '../../platform/blob-store.ts';

/** An object that a row refers to. It is in the bucket before the row is in its table. */
export interface StoredObject {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** One that is there already was stored by an earlier try of the same write: no two writes share a key. */
export async function storeObjects(to: BlobStore, objects: readonly StoredObject[]): Promise<void> {
  for (const { key, bytes, contentType } of objects) await to.putOnce(key, bytes, contentType);
}
