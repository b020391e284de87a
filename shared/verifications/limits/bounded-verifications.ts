import type { BlobStore } from '../../platform/blob-store.ts';
import type { VerificationStore } from '../verification-store.ts';
import { fitWrite } from './fit-write.ts';
import { storeObjects } from './stored-object.ts';

/**
 * The table of verifications, for writes of any size: what does not fit the item is stored in the bucket before.
 *
 * Nothing is stored for a decision that does not hold. A large write may have been decided from a guess (that the
 * verification does not exist), so the row is read first, and where it is another one the write fails as the table
 * would let it fail. Small writes cost no read.
 */
export function boundedVerifications(table: VerificationStore, blobs: BlobStore): VerificationStore {
  return {
    read: (verificationId) => table.read(verificationId),
    async write(known, decided) {
      const { write, objects } = fitWrite(decided, blobs.bucket);
      if (objects.length > 0) {
        const found = await table.read(write.verification.verificationId);
        // A row that has expired since it was read is for the table to refuse.
        if (found?.version !== known?.version) return found ?? table.write(known, write);
        await storeObjects(blobs, objects);
      }
      return table.write(known, write);
    },
  };
}
