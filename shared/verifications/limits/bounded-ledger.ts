import type { BlobStore } from '../../platform/blob-store.ts';
import type { Ledger } from '../ledger.ts';
import { bodyOutside, maxInlineBodyBytes } from './body-outside.ts';
import { storeObjects } from './stored-object.ts';

/** The ledger, for deliveries of any size: a body that is too large for its row is stored in the bucket before. */
export function boundedLedger(table: Ledger, blobs: BlobStore): Ledger {
  return {
    async record(given, verdict) {
      const { bucket } = blobs;
      const { delivery, objects } = bodyOutside(given, verdict.verificationId, bucket, maxInlineBodyBytes);
      await storeObjects(blobs, objects);
      await table.record(delivery, verdict);
    },
  };
}
