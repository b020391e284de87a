import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { StoredBody } from './delivery.ts';

/**
 * Compresses the raw body of a delivery. `fit-write-to-limits.ts` later moves a compressed body that is too large for
 * the row to the bucket.
 */
export async function compressBody(body: Uint8Array): Promise<StoredBody> {
  return { kind: 'inline', gzip: await promisify(gzip)(body) };
}
