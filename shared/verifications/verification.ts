import * as z from 'zod';
import { State } from '../contract/state.ts';
import { providerNames } from '../contract/transition.ts';

/**
 * A verification as we know it: state, and what ordering, numbering and retrying need. Rows outlive the code that
 * wrote them: a member that comes later has a default.
 */
export const Verification = State.extend({
  /** How many reasons more, at least, the provider gave than `reasons` holds; absent where it holds all. */
  reasonsOmitted: z.number().int().optional(),
  verificationId: z.string(),
  provider: z.enum(providerNames),
  source: z.string(),
  reference: z.string().nullable(),
  /** Whether two unconfirmed deliveries gave different references; then `reference` stays null. */
  referenceDisputed: z.boolean().default(false),
  rank: z.number(),
  occurredAt: z.string().nullable(),
  meaning: z.string(),
  /** Of a state that was fetched, or that a fetch has confirmed: the sequence of the event that asked for it. */
  askedBy: z.number().int().nullable().default(null),
  /** Of a state that was delivered: the sequence of the event that it became, or would have become; else null. */
  deliveredAs: z.number().int().nullable().default(null),
  /** The last result that was fetched and left an open case open, and the sequence of the event that asked for it. */
  undecided: z.object({ rank: z.number(), askedBy: z.number().int() }).nullable().default(null),
  attempt: z.number().int(),
  /** Counts the events of this verification: 1, 2, 3 … */
  sequence: z.number().int(),
  /** Counts the writes; every write is conditional on it. */
  version: z.number().int(),
  seen: z.array(z.string()),
  dated: z.array(z.string()),
  /** Id of the event that published the final state in force; null while there is none. */
  finalEventId: z.string().nullable(),
  /** What has become of the evidence that the event of this sequence asked for. */
  evidence: z.record(z.string(), z.enum(['pending', 'archived', 'failed'])),
  /** When the comparison was asked for that is still to look; null where there is none. ISO 8601 instant. */
  comparing: z.string().nullable().default(null),
  /** When the provider was last asked because of repetitions, oldest first; see `pace.ts`. ISO 8601 instants. */
  looks: z.array(z.string()).default([]),
});
export type Verification = z.infer<typeof Verification>;
