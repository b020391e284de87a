import * as z from 'zod/mini';
import { Flag, Outcome } from '../contract/state.ts';

/** What ordering knows of a verification. `decide` reads it, `evolve` computes it, and the row stores it unchanged. */
export const Known = z.object({
  /**
   * `open`: the case is not completed. `ended`: the case is abandoned or canceled, and the user may try again. `final`:
   * only a revision may follow. `erased`: an operator has erased the case, and nothing may follow.
   */
  progress: z.enum(['open', 'ended', 'final', 'erased']),
  /**
   * The outcome and the flags of the current state. A lookup with the same rank, outcome and flags confirms the state.
   */
  result: z.object({ outcome: z.nullable(Outcome), flags: z.array(Flag) }),
  /** The rank of the current state: how far along the case is. */
  rank: z.number(),
  /**
   * The last known time that the provider gave for this state; null if no time is known. Ordering compares the time of
   * the next transition with this time.
   */
  occurredAt: z.nullable(z.string()),
  /** The number of the user's current attempt: 1, 2, 3 … */
  attempt: z.int(),
  /**
   * The latest of the provider's times in earlier attempts. A provisional transition at or before this time belongs to
   * an earlier attempt.
   */
  earlierUntil: z.nullable(z.string()),
  /**
   * The fingerprints of the transitions that were accepted in this attempt. A transition with one of these fingerprints
   * is a duplicate.
   */
  seen: z.array(z.string()),
  /** The digest of the current state if it is final, else null. A final transition with the same digest is a duplicate. */
  digest: z.nullable(z.string()),
  /**
   * The sequence of the last statement that set or repeated the current state; null if only lookups set the state. A
   * repeated statement publishes no event. For a repeated statement, we keep the sequence that its event would have
   * had.
   */
  lastStatement: z.nullable(z.int()),
  /**
   * The newest lookup. In an open case: the last lookup that left the case open. In a final case: the last lookup that
   * set or confirmed its state.
   */
  lookup: z.nullable(z.object({ requestedBy: z.int(), rank: z.number() })),
});
export type Known = z.infer<typeof Known>;
