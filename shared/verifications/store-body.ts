import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { BlobStore } from '../platform/blob-store.ts';
import type { StoredBody } from './delivery.ts';

/** So that the raw body and a 200 KB event fit one item (400 KB). */
const maxInlineBytes = 100 * 1024;

/** Packs the raw body of a delivery; one that is too large for a row goes to the bucket first. */
export async function storeBody(blobs: BlobStore, name: string, body: Uint8Array): Promise<StoredBody> {
  const packed = await promisify(gzip)(body);
  if (packed.byteLength <= maxInlineBytes) return { kind: 'inline', gzip: packed };
  const key = `deliveries/${name}.gz`;
  await blobs.put(key, packed, 'application/gzip');
  return { kind: 'object', bucket: blobs.bucket, key };
}
