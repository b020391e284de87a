import { gzipSync } from 'node:zlib';
import type { Delivery } from '../delivery.ts';
import { buildRawBodyKey } from '../object-keys.ts';
import { restoreRawBody } from '../raw-body.ts';
import type { BucketObject } from './stored-object.ts';

/** The maximum size of a compressed body in a row. A larger body goes to the bucket. */
export const maxInlineBodyBytes = 100 * 1024;

export interface DeliveryWithBodyInBucket {
  readonly delivery: Delivery;
  readonly objects: readonly BucketObject[];
}

/**
 * Replaces the raw body of a delivery by a reference to an object in the bucket. A body that takes up to `maxBytes` when
 * compressed stays in the delivery. The caller stores the returned objects.
 *
 * @param verificationId null if the delivery names no verification
 */
export function moveBodyToBucket(
  delivery: Delivery,
  verificationId: string | null,
  bucket: string,
  maxBytes: number,
): DeliveryWithBodyInBucket {
  const { body, provider, deliveryId } = delivery;
  if (body.kind === 'object') return { delivery, objects: [] };
  const bytes = restoreRawBody(body);
  // A short body needs no compression to show that it fits.
  if (bytes.byteLength <= maxBytes) return { delivery, objects: [] };
  const gzip = gzipSync(bytes);
  if (gzip.byteLength <= maxBytes) return { delivery, objects: [] };
  const key = buildRawBodyKey(provider, verificationId, deliveryId);
  return {
    delivery: { ...delivery, body: { kind: 'object', bucket, key } },
    objects: [{ key, bytes: gzip, contentType: 'application/gzip' }],
  };
}
