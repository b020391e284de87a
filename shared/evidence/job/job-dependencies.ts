import { sequencePath } from '../../verifications/object-keys.ts';
import type { VerificationStore } from '../../verifications/verification-store.ts';
import type { Archive } from '../archive/evidence-store.ts';

/** What collecting and recording evidence takes. */
export interface JobDependencies {
  readonly archive: Archive;
  readonly verifications: VerificationStore;
  readonly now: () => Date;
  readonly newId: () => string;
}

/**
 * The id of a write of something that was fetched. It names objects of that write, and says in their keys which event
 * asked for it.
 *
 * @param sequence of the event that asked
 * @example '000003-6f1c…'
 */
export function fetchedWriteId(sequence: number, { newId }: Pick<JobDependencies, 'newId'>): string {
  return `${sequencePath(sequence)}-${newId()}`;
}
