import * as z from 'zod/mini';
import { generationFormat } from './generation.ts';
import { ProviderName } from './provider-name.ts';
import { VerificationState } from './state.ts';

/** A statement whose job must look up the provider's result before the statement may apply. */
const UnverifiedStatement = z.extend(VerificationState, {
  rank: z.number(),
  occurredAt: z.nullable(z.string()),
});

/** What happens to the transition that requested a job, if the job fetches no outcome. */
const OnNothing = z.discriminatedUnion('kind', [
  /** Nothing happens: the transition keeps its own effect. */
  z.object({ kind: z.literal('keep') }),
  /**
   * If the job fails, the fingerprint of the hint or statement is forgotten. If the provider then sends the same
   * delivery again, it is not a duplicate.
   */
  z.object({ kind: z.literal('forget'), fingerprint: z.string() }),
  /**
   * Like `forget`. In addition, the job applies the statement, which takes back an approval. An approval that no lookup
   * can confirm must not stand (decision record 016).
   */
  z.object({ kind: z.literal('apply'), fingerprint: z.string(), statement: UnverifiedStatement }),
]);
export type EffectOfJobWithoutOutcome = z.infer<typeof OnNothing>;

/** The message on the queue `evidence-jobs-{provider}`: it requests a provider's evidence about a verification. */
export const EvidenceJob = z.object({
  /**
   * `archive`: the job archives the provider's evidence. `compare`: the job compares the provider's result with the
   * archived one, and requests a new archive if they differ. A comparison without a difference publishes nothing.
   * `lookup`: the job asks the provider about a case that is open and silent, because its webhook may be lost.
   */
  purpose: z._default(z.enum(['archive', 'compare', 'lookup']), 'archive'),
  /** Only if the purpose is `lookup`: true if the case is overdue when this lookup finds nothing new. */
  isLastLookup: z.optional(z.boolean()),
  provider: ProviderName,
  verificationId: z.string(),
  reference: z.nullable(z.string()),
  /** The generation of the verification's row that requested the job. */
  generation: z.string().check(z.regex(generationFormat)),
  /**
   * If the purpose is `archive`: the sequence of the event that requested the job. The job's folder in the archive has
   * the same number. Otherwise: the sequence of the latest event when the job was requested. 0 if no event requested
   * the job: a new generation requests again what the generation before it was waiting for.
   */
  sequence: z.int().check(z.nonnegative()),
  /**
   * The provider status of the transition that requested the job. A Datakeen job concludes from this status, because
   * Datakeen's API does not return every status that a webhook may contain.
   */
  providerStatus: z.string(),
  /**
   * Only if the purpose is `archive`: the provider status of the case before this transition; null if the case had none.
   * An IDnow job that fetches this status again recognizes an ident that IDnow's API has not updated yet.
   */
  statusBefore: z.optional(z.nullable(z.string())),
  /** The provider's time of the transition that requested the job, as an ISO 8601 instant; null if it has none. */
  occurredAt: z._default(z.nullable(z.string()), null),
  /** When the job was requested. The time for which the provider keeps the evidence is counted from here. */
  requestedAt: z.iso.datetime(),
  /**
   * The earliest start of the job; null if it may start at once. A job for a repeated hint waits, because repeated hints
   * must not cause too many API calls.
   */
  notBefore: z._default(z.nullable(z.iso.datetime()), null),
  /**
   * The default is for job messages without `onNothing`: people write such messages by hand, and older versions have
   * sent them.
   */
  onNothing: z._default(OnNothing, { kind: 'keep' }),
});
export type EvidenceJob = z.infer<typeof EvidenceJob>;

/** The members of a job that say which result of which case it fetches. A verification has them too. */
export type JobSubject = Pick<
  EvidenceJob,
  'provider' | 'verificationId' | 'reference' | 'generation' | 'sequence' | 'providerStatus'
>;

/** Returns these members from an object with more members, such as a verification. */
export function pickJobSubject({
  provider,
  verificationId,
  reference,
  generation,
  sequence,
  providerStatus,
}: JobSubject): JobSubject {
  return { provider, verificationId, reference, generation, sequence, providerStatus };
}

/**
 * Builds a job that archives the evidence of a known case. Use it if the transition that requested the evidence is no
 * longer available.
 *
 * @param requestedAt ISO 8601 instant
 * @param rest members that differ from those of a job that may start now and has no other effect
 */
export function buildArchiveJobAgain(
  subject: JobSubject,
  requestedAt: string,
  rest: Partial<Pick<EvidenceJob, 'occurredAt' | 'onNothing'>> = {},
): EvidenceJob {
  return {
    ...pickJobSubject(subject),
    purpose: 'archive',
    occurredAt: null,
    requestedAt,
    notBefore: null,
    onNothing: { kind: 'keep' },
    ...rest,
  };
}
