import type { EvidenceJob } from '../contract/evidence-job.ts';
import type { Transition } from '../contract/transition.ts';
import type { Delivery } from './delivery.ts';
import type { Outbox } from './outbox.ts';
import type { Verification } from './verification.ts';

/** A transition, and the other data that its write needs. */
export interface IncomingTransition {
  readonly transition: Transition;
  /** The time when we received the transition, as an ISO 8601 instant. */
  readonly receivedAt: string;
  /** The unique id of the write. It becomes the version of the verification. */
  readonly writeId: string;
  /** The delivery that contained the transition; null if a job fetched the transition. */
  readonly delivery: Delivery | null;
}

/**
 * One write to the table: the new verification, and what the write must send. The write contains all data, even if it is
 * too large for the table. `fit-write-to-limits.ts` later moves parts of a large write to the bucket.
 */
export interface VerificationWrite {
  readonly verification: Verification;
  readonly outbox: Outbox;
}

/** Builds a write that publishes no event, so it does not raise the sequence. */
export function buildWriteWithoutEvent(
  known: Verification,
  writeId: string,
  changes: Partial<Verification>,
  jobs: readonly EvidenceJob[] = [],
): VerificationWrite {
  return {
    verification: { ...known, ...changes, version: writeId },
    outbox: { event: null, jobs: [...jobs], delivery: null },
  };
}
