import * as z from 'zod';
import { ProviderName } from '../contract/provider-name.ts';
import { State } from '../contract/state.ts';
import { Known } from '../ordering/known.ts';
import { Schedule } from '../scheduling/schedule.ts';

/** A verification as its row stores it: its state, and what ordering, scheduling and numbering need. */
export const Verification = State.extend({
  /** How many reasons more, at least, the provider gave than `reasons` holds; absent where it holds all. */
  reasonsOmitted: z.number().int().optional(),
  verificationId: z.string(),
  provider: ProviderName,
  source: z.string(),
  reference: z.string().nullable(),
  /** Whether two unconfirmed deliveries gave different references; then `reference` stays null. */
  referenceDisputed: z.boolean().default(false),
  /** What ordering knows: only `evolve` computes it. */
  ordering: Known,
  /** Counts the events of this verification: 1, 2, 3 … */
  sequence: z.number().int(),
  /** Counts the writes; every write is conditional on it. */
  version: z.number().int(),
  /** Id of the event that published the final state in force; null while there is none. */
  finalEventId: z.string().nullable(),
  /** What scheduling remembers: only the functions in `scheduling/` compute it. */
  schedule: Schedule,
});
export type Verification = z.infer<typeof Verification>;
