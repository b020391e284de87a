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
  readonly writeId: string;
  /** The delivery that contained the transition; null if a job fetched the transition. */
  readonly delivery: Delivery | null;
}

/**
 * One write to the table: the new verification, and the messages to send. The write contains all data, even if it is
 * too large for the table. `fit-write-to-limits.ts` later moves parts of a large write to the bucket.
 */
export interface VerificationWrite {
  readonly verification: Verification;
  readonly outbox: Outbox;
}

/** Builds a write that publishes no event. It raises the version, but not the sequence. */
export function buildWriteWithoutEvent(
  known: Verification,
  writeId: string,
  changes: Partial<Verification>,
  jobs: readonly EvidenceJob[] = [],
): VerificationWrite {
  return {
    verification: { ...known, ...changes, version: known.version + 1 },
    outbox: { writeId, events: [], jobs: [...jobs], delivery: null },
  };
}
