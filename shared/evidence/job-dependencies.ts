import type { BlobStore } from '../platform/blob-store.ts';
import type { VerificationStore } from '../verifications/verification-store.ts';
import type { Archive } from './archive.ts';

/** What collecting and recording evidence takes. */
export interface JobDependencies {
  readonly archive: Archive;
  readonly blobs: BlobStore;
  readonly verifications: VerificationStore;
  readonly now: () => Date;
  readonly newId: () => string;
}
