import type { BlobStore } from '../../platform/blob-store.ts';
import type { Ledger } from '../ledger.ts';
import { maxInlineBodyBytes, moveBodyToBucket } from './offload-body.ts';
import { storeObjectsInBucket } from './stored-object.ts';

/**
 * Wraps a ledger so that it accepts deliveries of any size. If a body is too large for the row, this wrapper first
 * stores the body in the bucket.
 */
export function wrapLedgerForLargeBodies(table: Ledger, blobs: BlobStore): Ledger {
  return {
    async record(given, entry) {
      const { bucket } = blobs;
      const { delivery, objects } = moveBodyToBucket(given, entry.verificationId, bucket, maxInlineBodyBytes);
      await storeObjectsInBucket(blobs, objects);
      await table.record(delivery, entry);
    },
  };
}
