import * as z from 'zod';
import { State } from '../contract/state.ts';
import { providerNames } from '../contract/transition.ts';
import { Known } from '../ordering/known.ts';

/** A verification as its row stores it: its state, and what ordering, numbering and retrying need. */
export const Verification = State.extend({
  /** How many reasons more, at least, the provider gave than `reasons` holds; absent where it holds all. */
  reasonsOmitted: z.number().int().optional(),
  verificationId: z.string(),
  provider: z.enum(providerNames),
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
  /** What has become of the evidence that the event of this sequence asked for. */
  evidence: z.record(z.string(), z.enum(['pending', 'archived', 'failed'])),
  /** When the comparison was asked for that is still to look; null where there is none. ISO 8601 instant. */
  comparing: z.string().nullable().default(null),
  /** When the provider was last asked because of repetitions, oldest first; see `pace.ts`. ISO 8601 instants. */
  looks: z.array(z.string()).default([]),
  /** Fingerprints of hints whose evidence could not be had: the same hint again waits its turn, see `pace.ts`. */
  failedHints: z.array(z.string()).default([]),
});
export type Verification = z.infer<typeof Verification>;
