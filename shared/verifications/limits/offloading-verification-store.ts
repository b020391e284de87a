import type { BlobStore } from '../../platform/blob-store.ts';
import type { VerificationStore } from '../verification-store.ts';
import { fitWriteToLimits } from './fit-write-to-limits.ts';
import { storeObjects } from './stored-object.ts';

/**
 * Wraps the table of verifications for writes of any size. It first stores the parts that do not fit the item in the
 * bucket.
 *
 * It stores no object for a decision about an old version of the row. A large write may come from the assumption that
 * the verification does not exist. So this store reads the row first, and fails like the table if the row has another
 * version. Small writes cost no read.
 */
export function offloadingVerificationStore(table: VerificationStore, blobs: BlobStore): VerificationStore {
  return {
    read: (verificationId) => table.read(verificationId),
    async write(known, given) {
      const { write, objects } = fitWriteToLimits(given, blobs.bucket);
      if (objects.length > 0) {
        const found = await table.read(write.verification.verificationId);
        // If the row has expired after this store read it, the table refuses the write.
        if (found?.version !== known?.version) return found ?? table.write(known, write);
        await storeObjects(blobs, objects);
      }
      return table.write(known, write);
    },
  };
}
