import type { BlobStore } from '../../shared/platform/blob-store.ts';

/** Creates a bucket in memory that never overwrites an object. */
export function memoryBlobs() {
  const puts: string[] = [];
  const objects = new Map<string, { bytes: Uint8Array; contentType: string }>();
  const blobs: BlobStore = {
    bucket: 'a-bucket',
    async putOnce(key, bytes, contentType) {
      puts.push(key);
      if (objects.has(key)) return false;
      objects.set(key, { bytes, contentType });
      return true;
    },
  };
  return { blobs, objects, puts };
}
