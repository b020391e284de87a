import type { EvidenceJob } from '../contract/evidence-job.ts';
import type { Transition } from '../contract/transition.ts';
import type { Delivery } from './delivery.ts';
import type { Outbox } from './outbox.ts';
import type { Verification } from './verification.ts';

/** A transition, on its way into the table. */
export interface Arrival {
  readonly transition: Transition;
  /** ISO 8601 instant. */
  readonly receivedAt: string;
  readonly writeId: string;
  /** Null where the transition was fetched, not delivered. */
  readonly delivery: Delivery | null;
}

/**
 * What a write does: the verification as it will be, and what the write must send. A decided write holds everything
 * itself, of whatever size; `fit-write.ts` says what of it goes to the bucket.
 */
export interface Write {
  readonly verification: Verification;
  readonly outbox: Outbox;
}

/** A write that publishes nothing. */
export function quietWrite(
  known: Verification,
  writeId: string,
  changes: Partial<Verification>,
  jobs: readonly EvidenceJob[] = [],
): Write {
  return {
    verification: { ...known, ...changes, version: known.version + 1 },
    outbox: { writeId, events: [], jobs: [...jobs], delivery: null },
  };
}
