import type { BlobStore } from '../../shared/platform/blob-store.ts';

/** A bucket in memory. */
export function memoryBlobs() {
  const objects = new Map<string, { bytes: Uint8Array; contentType: string }>();
  const blobs: BlobStore = {
    bucket: 'a-bucket',
    async put(key, bytes, contentType) {
      objects.set(key, { bytes, contentType });
    },
  };
  return { blobs, objects };
}
