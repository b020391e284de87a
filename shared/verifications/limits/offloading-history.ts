import type { BlobStore } from '../../platform/blob-store.ts';
import type { History } from '../history.ts';
import { maxInlineBodyBytes, moveBodyToBucket } from './offload-body.ts';
import { storeObjectsInBucket } from './stored-object.ts';

/**
 * Wraps the history so that it accepts deliveries of any size. If a body is too large for the row, this wrapper first
 * stores the body in the bucket.
 */
export function wrapHistoryForLargeBodies(table: History, blobs: BlobStore): History {
  return {
    ...table,
    async recordDelivery(given, decision) {
      const { bucket } = blobs;
      const moved = moveBodyToBucket(given, decision.verificationId, bucket, maxInlineBodyBytes);
      await storeObjectsInBucket(blobs, moved.objects);
      await table.recordDelivery(moved.delivery, decision);
    },
  };
}
