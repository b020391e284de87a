import type { VerificationStore } from '../verifications/verification-store.ts';

/**
 * Wraps a store for a program that runs the jobs of its writes itself: the outboxes contain no jobs, so the relay sends
 * none. The relay would park them, because no fetcher of this provider is deployed.
 */
export function takeJobs(store: VerificationStore): VerificationStore {
  return {
    ...store,
    write: (known, { verification, outbox }) =>
      store.write(known, { verification, outbox: { ...outbox, jobs: [] } }),
  };
}
