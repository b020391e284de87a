import * as z from 'zod';
import { State } from './state.ts';
import { providerNames } from './transition.ts';

/** The message on the queue `evidence-jobs-{provider}`: ask the provider what it has on this verification. */
export const EvidenceJob = z.object({
  /**
   * `archive` what there is; or `compare` it with what was archived last, and have it archived anew where it differs:
   * quietly, since nobody has said anything new.
   */
  purpose: z.enum(['archive', 'compare']).default('archive'),
  provider: z.enum(providerNames),
  verificationId: z.string(),
  reference: z.string().nullable(),
  /** The event that asked, which names the folder of the archive; to compare, the last event by then. */
  sequence: z.number().int().positive(),
  /** The provider's word in that event: a hint where the provider's webhook says more than its API. */
  providerStatus: z.string(),
  /** From here the provider's deadline runs. */
  requestedAt: z.iso.datetime(),
  /** No try before it: repetitions of a hint ask the provider only so often. Null: at once. */
  notBefore: z.iso.datetime().nullable().default(null),
  /**
   * Of the word that asked, where nothing comes of it but what this job fetches: it is no duplicate, sent again, where
   * that could not be had.
   */
  fingerprint: z.string().nullable().default(null),
  /**
   * What was delivered against an approval that we had fetched: it is looked up by this job, and counts where that
   * cannot be had. Null of all else.
   */
  withheld: State.extend({ rank: z.number(), occurredAt: z.string().nullable() }).nullable().default(null),
});
export type EvidenceJob = z.infer<typeof EvidenceJob>;
