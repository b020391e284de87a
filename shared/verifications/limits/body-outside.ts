import type { Delivery } from '../delivery.ts';
import { bodyKey } from '../object-keys.ts';
import type { StoredObject } from './stored-object.ts';

/** A body that takes more than this in its row goes to the bucket. */
export const maxInlineBodyBytes = 100 * 1024;

export interface BodyOutside {
  readonly delivery: Delivery;
  readonly objects: readonly StoredObject[];
}

/**
 * Moves the raw body of a delivery to an object of its verification; one that is no longer than `maxBytes` stays.
 *
 * @param verificationId null where the delivery names no verification
 */
export function bodyOutside(
  delivery: Delivery,
  verificationId: string | null,
  bucket: string,
  maxBytes: number,
): BodyOutside {
  const { body, provider, deliveryId } = delivery;
  if (body.kind === 'object' || body.gzip.byteLength <= maxBytes) return { delivery, objects: [] };
  const key = bodyKey(provider, verificationId, deliveryId);
  return {
    delivery: { ...delivery, body: { kind: 'object', bucket, key } },
    objects: [{ key, bytes: body.gzip, contentType: 'application/gzip' }],
  };
}
