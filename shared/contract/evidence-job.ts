import * as z from 'zod';
import { ProviderName } from './provider-name.ts';
import { State } from './state.ts';

/** A statement that a job must verify before it applies. */
const UnverifiedStatement = State.extend({ rank: z.number(), occurredAt: z.string().nullable() });

/** What follows if a job cannot fetch what it was requested for. */
const OnNothing = z.discriminatedUnion('kind', [
  /** Nothing: the transition that requested the job has taken effect without it. */
  z.object({ kind: z.literal('keep') }),
  /** Forgets the fingerprint if the job fails, so that the provider may send the same delivery again. */
  z.object({ kind: z.literal('forget'), fingerprint: z.string() }),
  /**
   * As `forget`. It also applies the statement if the job fetches no outcome: the statement takes back an approval that
   * we had looked up, and the safe side counts.
   */
  z.object({ kind: z.literal('apply'), fingerprint: z.string(), statement: UnverifiedStatement }),
]);
export type OnNothing = z.infer<typeof OnNothing>;

/** The message on the queue `evidence-jobs-{provider}`: ask the provider what it has on this verification. */
export const EvidenceJob = z.object({
  /**
   * `archive`: archive what the provider has. `compare`: compare it with what was archived last, and request a new
   * archive if it differs. A comparison without a difference is not published.
   */
  purpose: z.enum(['archive', 'compare']).default('archive'),
  provider: ProviderName,
  verificationId: z.string(),
  reference: z.string().nullable(),
  /** `archive`: the event that requested the job, which names the archive's folder. `compare`: the last event by then. */
  sequence: z.number().int().positive(),
  /** The provider's status in that event. It matters if the provider's webhook says more than its API. */
  providerStatus: z.string(),
  /** The provider's deadline runs from here. */
  requestedAt: z.iso.datetime(),
  /** The job is not tried before this time: repetitions of a hint ask the provider only so often. Null: at once. */
  notBefore: z.iso.datetime().nullable().default(null),
  /** A job that does not say it keeps what is known: a message may be written by hand, or be older than this member. */
  onNothing: OnNothing.default({ kind: 'keep' }),
});
export type EvidenceJob = z.infer<typeof EvidenceJob>;
