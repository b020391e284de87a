import * as z from 'zod';
import { Flag, Outcome } from '../contract/state.ts';

/** What ordering knows of a verification. `decide` reads it, `evolve` computes it, and the row stores it unchanged. */
export const Known = z.object({
  /** `open`: still going on. `ended`: abandoned or canceled, may be tried again. `final`: only a revision may follow. */
  stage: z.enum(['open', 'ended', 'final']),
  /** The outcome and flags in force: a lookup with the same ones confirms the state. */
  verdict: z.object({ outcome: Outcome.nullable(), flags: z.array(Flag) }),
  /** The rank of the state in force: how far along the case is. */
  rank: z.number(),
  /** The provider's time that the next transition is compared with; null if there is none. */
  occurredAt: z.string().nullable(),
  /** The number of the user's current attempt: 1, 2, 3 … */
  attempt: z.number().int(),
  /** The provider's last time in earlier attempts: a provisional state that is not later belongs to one of them. */
  earlierUntil: z.string().nullable(),
  /** The fingerprints that were accepted in this attempt: the same one again is a repetition. */
  seen: z.array(z.string()),
  /** The digest of the state in force: a final result with the same digest is a duplicate. */
  digest: z.string(),
  /**
   * The sequence of the last statement that set or repeated the state in force; null if only lookups did. (A repeated
   * statement publishes no event: it counts as the sequence that its event would have had.)
   */
  lastStatement: z.number().int().nullable(),
  /** The newest lookup: of an open case, one that left it open; of a final case, one that set or confirmed its state. */
  lookup: z.object({ requestedBy: z.number().int(), rank: z.number() }).nullable(),
});
export type Known = z.infer<typeof Known>;
