import * as z from 'zod';
import { ProviderName } from '../contract/provider-name.ts';
import { State } from '../contract/state.ts';
import { Known } from '../ordering/known.ts';
import { Schedule } from '../scheduling/schedule.ts';

/**
 * A verification as its row stores it: its state, and the data that ordering, scheduling and the numbering of events
 * need.
 */
export const Verification = State.extend({
  /** At least how many reasons `reasons` omits; absent if `reasons` contains all reasons. */
  reasonsOmitted: z.number().int().optional(),
  verificationId: z.string(),
  provider: ProviderName,
  source: z.string(),
  reference: z.string().nullable(),
  /** Whether two hints named different references. If so, `reference` stays null. */
  hasReferenceConflict: z.boolean().default(false),
  /** The memory of ordering. Only `evolve` and `evolveAfterJob` compute it. */
  ordering: Known,
  /** Counts the events of this verification: 1, 2, 3 … */
  sequence: z.number().int(),
  /** Counts the writes. Each write is conditional on this version. */
  version: z.number().int(),
  /** The id of the event that published the current final state; null if the state is not final. */
  finalEventId: z.string().nullable(),
  /** The memory of scheduling: the jobs and lookups of this verification. */
  schedule: Schedule,
});
export type Verification = z.infer<typeof Verification>;
