import type { EvidenceJob } from '../contract/evidence-job.ts';
import type { UnconfirmedWrite, Verification } from './verification.ts';
import type { VerificationWrite } from './write.ts';

/**
 * Adds a write to the unconfirmed writes of its verification. The next write of the verification then carries it. A write
 * without an event is not added: it publishes nothing, and its state is in the next row.
 *
 * @param write the write that stored the row
 * @returns the verification from which the next write is computed
 */
export function carryWrite({ verification, outbox }: VerificationWrite): Verification {
  if (outbox.event === null) return verification;
  const { unconfirmed = [], ...own } = verification;
  const { nextLookupAt: _, ...written } = own;
  return withUnconfirmedWrites(own, [...unconfirmed, { verification: written, outbox }]);
}

/**
 * Removes the writes that a job confirms. The relay has sent the job, so it has seen the write that requested the job. The
 * stream is ordered per verification, so it has seen all earlier writes, too.
 *
 * @param job a job that has reached its fetcher
 */
export function forgetConfirmedWrites(
  known: Verification,
  { generation, sequence }: Pick<EvidenceJob, 'generation' | 'sequence'>,
): Verification {
  const { unconfirmed = [], ...own } = known;
  const confirmed = unconfirmed.findLastIndex(({ outbox }) =>
    outbox.jobs.some((job) => job.generation === generation && job.sequence === sequence),
  );
  return withUnconfirmedWrites(own, unconfirmed.slice(confirmed + 1));
}

function withUnconfirmedWrites(
  own: Omit<Verification, 'unconfirmed'>,
  unconfirmed: readonly UnconfirmedWrite[],
): Verification {
  return unconfirmed.length === 0 ? own : { ...own, unconfirmed };
}
