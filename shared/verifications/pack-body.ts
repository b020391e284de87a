import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { StoredBody } from './delivery.ts';

/** Packs the raw body of a delivery. Whether it stays in the row is decided with all else that the row holds. */
export async function packBody(body: Uint8Array): Promise<StoredBody> {
  return { kind: 'inline', gzip: await promisify(gzip)(body) };
}
