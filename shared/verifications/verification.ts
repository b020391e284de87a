import * as z from 'zod/mini';
import { ProviderName } from '../contract/provider-name.ts';
import { VerificationState } from '../contract/state.ts';
import { EvidenceState } from '../contract/verification-event.ts';
import { Known } from '../ordering/known.ts';
import { JobSchedule } from '../scheduling/schedule.ts';
import type { Outbox } from './outbox.ts';
import { StoredFindings } from './stored-findings.ts';

/**
 * A verification after one write: the whole content of its latest event, and the data that we need for ordering, for
 * scheduling, and for the numbers of its events.
 */
export const VerificationAfterWrite = z.extend(VerificationState, {
  /** The minimum number of reasons that `reasons` omits; absent if `reasons` contains all reasons. */
  reasonsOmitted: z.optional(z.number()),
  verificationId: z.string(),
  provider: ProviderName,
  source: z.string(),
  reference: z.nullable(z.string()),
  /** True if a hint named another reference than the known one. From then on, `reference` is null. */
  hasReferenceConflict: z.boolean(),
  findings: StoredFindings,
  /** The evidence; null if no event has requested evidence. */
  evidence: z.nullable(EvidenceState),
  /** The data that ordering remembers of this verification. Only `evolve` and `evolveAfterJob` compute it. */
  ordering: Known,
  /** The life of the row, named by the time of its first write (see `formatGeneration`). */
  generation: z.string(),
  /** Counts the events of this generation: 1, 2, 3 … It is 0 in a generation that has published no event. */
  sequence: z.number(),
  /** The time when we received the change that the latest event reports, as an ISO 8601 instant. */
  receivedAt: z.string(),
  /**
   * The id of the write that stored this row. Each write has its own id. A write succeeds only if the row still has the
   * version that the write was computed from.
   */
  version: z.string(),
  /** The event that published the current final state, and when it was recorded; null if the state is not final. */
  final: z.nullable(z.object({ eventId: z.string(), at: z.string() })),
  /** The data that scheduling remembers of this verification: its jobs and lookups. */
  schedule: JobSchedule,
  /** Since when a legal hold protects the case from deletion, as an ISO 8601 instant; absent if none does. */
  heldSince: z.optional(z.string()),
});
export type VerificationAfterWrite = z.infer<typeof VerificationAfterWrite>;

/** A write that published an event. Nothing shows yet that the relay has seen it. */
export interface UnconfirmedWrite {
  readonly verification: VerificationAfterWrite;
  readonly outbox: Outbox;
}

/** A verification as its row stores it. */
export type Verification = VerificationAfterWrite & {
  /**
   * When the case is looked up, if it is still open and silent then, in seconds since 1970; null if the case is completed.
   * The row has it as an attribute of its own, for the index of open cases.
   */
  readonly nextLookupAt: number | null;
  /**
   * The unconfirmed writes before the write of this row, oldest first; absent if there are none. If the stream is lost,
   * the relay publishes them from here (decision record 043). A store returns a verification with all unconfirmed writes
   * of its row: the next write makes the row's own write an earlier one.
   */
  readonly unconfirmed?: readonly UnconfirmedWrite[];
};
