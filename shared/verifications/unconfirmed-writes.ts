import type { EvidenceJob } from '../contract/evidence-job.ts';
import { shareEncodedWrite } from './encode-write.ts';
import type { UnconfirmedWrite, Verification } from './verification.ts';
import type { VerificationWrite } from './write.ts';

/**
 * Adds a write to the unconfirmed writes of its verification. The next write of the verification then carries it. A write
 * without an event is not added: it publishes nothing, and its state is in the next row.
 *
 * @param write the write that stored the row
 * @returns the verification from which the next write is computed
 */
export function carryWrite(write: VerificationWrite): Verification {
  const { verification, outbox } = write;
  if (outbox.event === null) return verification;
  const { unconfirmed = [], ...own } = verification;
  const { nextLookupAt: _, ...written } = own;
  const carried = { verification: written, outbox };
  shareEncodedWrite(write, carried);
  return withUnconfirmedWrites(own, [...unconfirmed, carried]);
}

/**
 * For how long the stream surely has a write: DynamoDB keeps it for 24 hours. One hour is left for clocks that differ, and
 * for the time between the receipt and the write.
 */
const keptInStreamMs = 23 * 3600_000;

/**
 * Removes the writes that a job confirms. The relay has sent the job, so it has seen the write that requested the job. The
 * stream is ordered per verification, so the relay has also seen the earlier writes that the stream still had. It may have
 * lost older ones before the relay ran again, so they stay.
 *
 * @param job a job that has reached its fetcher
 * @param at when the job ended, as an ISO 8601 instant: the relay has read the write of the job before
 */
export function forgetConfirmedWrites(
  known: Verification,
  { generation, sequence }: Pick<EvidenceJob, 'generation' | 'sequence'>,
  at: string,
): Verification {
  const { unconfirmed = [], ...own } = known;
  const requested = unconfirmed.findLastIndex(({ outbox }) =>
    outbox.jobs.some((job) => job.generation === generation && job.sequence === sequence),
  );
  const wasInStream = ({ verification }: UnconfirmedWrite) =>
    Date.parse(at) - Date.parse(verification.receivedAt) < keptInStreamMs;
  return withUnconfirmedWrites(
    own,
    unconfirmed.filter((write, index) => index > requested || (index < requested && !wasInStream(write))),
  );
}

function withUnconfirmedWrites(
  own: Omit<Verification, 'unconfirmed'>,
  unconfirmed: readonly UnconfirmedWrite[],
): Verification {
  return unconfirmed.length === 0 ? own : { ...own, unconfirmed };
}
