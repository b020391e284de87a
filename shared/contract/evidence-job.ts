import * as z from 'zod';
import { ProviderName } from './provider-name.ts';
import { State } from './state.ts';

/** A statement that a job must verify before it applies. */
const UnverifiedStatement = State.extend({ rank: z.number(), occurredAt: z.string().nullable() });

/** What follows if a job fetches no outcome. */
const OnNothing = z.discriminatedUnion('kind', [
  /** Nothing follows: the transition that requested the job has taken effect already. */
  z.object({ kind: z.literal('keep') }),
  /** Forgets the fingerprint if the job fails, so that the provider may send the same delivery again. */
  z.object({ kind: z.literal('forget'), fingerprint: z.string() }),
  /**
   * Like `forget`. Also applies the statement, because it takes back an approval, and an approval that no lookup can
   * confirm does not stand (decision 016).
   */
  z.object({ kind: z.literal('apply'), fingerprint: z.string(), statement: UnverifiedStatement }),
]);
export type OnNothing = z.infer<typeof OnNothing>;

/** The message on the queue `evidence-jobs-{provider}`: it requests a provider's evidence about a verification. */
export const EvidenceJob = z.object({
  /**
   * `archive`: the job archives the provider's evidence. `compare`: the job compares the provider's result with the
   * archived one, and requests a new archive if they differ. A comparison without a difference publishes nothing.
   */
  purpose: z.enum(['archive', 'compare']).default('archive'),
  provider: ProviderName,
  verificationId: z.string(),
  reference: z.string().nullable(),
  /**
   * `archive`: the sequence of the event that requested the job; the folder in the archive has this number. `compare`:
   * the sequence of the latest event when the job was requested.
   */
  sequence: z.number().int().positive(),
  /** The provider status in that event. Datakeen's webhook can contain a status that its API does not return. */
  providerStatus: z.string(),
  /** The provider's deadline is counted from this time. */
  requestedAt: z.iso.datetime(),
  /** The job does not start before this time, because repeated hints must not cause too many API calls. Null: at once. */
  notBefore: z.iso.datetime().nullable().default(null),
  /** The default serves messages that people write by hand, and messages from before this field existed. */
  onNothing: OnNothing.default({ kind: 'keep' }),
});
export type EvidenceJob = z.infer<typeof EvidenceJob>;
