import type { BlobStore } from '../../platform/blob-store.ts';
import type { VerificationStore } from '../verification-store.ts';
import { fitWriteToLimits } from './fit-write-to-limits.ts';
import { moveLongUnconfirmedWrites } from './offload-unconfirmed.ts';
import { storeObjectsInBucket } from './stored-object.ts';

/**
 * Wraps the table of verifications so that it accepts writes of any size. If a write is too large for the item, this
 * wrapper first stores its large parts in the bucket.
 *
 * If the decision is based on an old version of the row, this wrapper stores no objects. For example, a write may
 * assume that the verification does not exist, although it exists. So before a large write, the wrapper reads the row.
 * If the row has another version than the decision assumes, the wrapper returns the row and writes nothing. A small
 * write costs no read.
 *
 * This also holds for unconfirmed writes that are too long for the row. They have happened, whatever is decided now. But an
 * instance may remember them of a case that is erased meanwhile, and nothing of it may be stored again.
 */
export function wrapStoreForLargeWrites(table: VerificationStore, blobs: BlobStore): VerificationStore {
  return {
    ...table,
    async write(known, given) {
      const carried = moveLongUnconfirmedWrites(given);
      const fitted = fitWriteToLimits(carried.write, blobs.bucket);
      const { write } = fitted;
      const objects = [...carried.objects, ...fitted.objects];
      if (objects.length > 0) {
        const found = await table.read(write.verification.verificationId);
        if (found?.version !== known?.version) return { kind: 'conflict', found };
        await storeObjectsInBucket(blobs, objects);
      }
      return table.write(known, write);
    },
  };
}
