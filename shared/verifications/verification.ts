import * as z from 'zod/mini';
import { ProviderName } from '../contract/provider-name.ts';
import { VerificationState } from '../contract/state.ts';
import { Known } from '../ordering/known.ts';
import { JobSchedule } from '../scheduling/schedule.ts';

/**
 * A verification as its row stores it: its state, and the data that we need for ordering, for scheduling, and for the
 * numbers of its events.
 */
export const Verification = z.extend(VerificationState, {
  /** The minimum number of reasons that `reasons` omits; absent if `reasons` contains all reasons. */
  reasonsOmitted: z.optional(z.int()),
  verificationId: z.string(),
  provider: ProviderName,
  source: z.string(),
  reference: z.nullable(z.string()),
  /** True if a hint named another reference than the known one. From then on, `reference` is null. */
  hasReferenceConflict: z._default(z.boolean(), false),
  /** The data that ordering remembers of this verification. Only `evolve` and `evolveAfterJob` compute it. */
  ordering: Known,
  /** Counts the events of this verification: 1, 2, 3 … */
  sequence: z.int(),
  /** Counts the writes. A write succeeds only if nobody else has changed the version since it was read. */
  version: z.int(),
  /** The id of the event that published the current final state; null if the state is not final. */
  finalEventId: z.nullable(z.string()),
  /** The data that scheduling remembers of this verification: its jobs and lookups. */
  schedule: JobSchedule,
});
export type Verification = z.infer<typeof Verification>;
