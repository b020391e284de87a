import { buildArchiveJobAgain } from '../../contract/evidence-job.ts';
import { markArchiveRequested } from '../../scheduling/archives.ts';
import { computeNextLookup } from '../../scheduling/next-lookup.ts';
import { emptyJobSchedule } from '../../scheduling/schedule.ts';
import type { Verification } from '../../verifications/verification.ts';
import type { VerificationWrite } from '../../verifications/write.ts';

interface NewGeneration {
  readonly generation: string;
  /** When the generation starts, as an ISO 8601 instant. */
  readonly at: string;
  readonly writeId: string;
}

/**
 * Computes the write that gives a verification a new generation. It publishes no event: the restored state may be older than
 * the state that consumers know, and only the next change tells which one counts. This function is pure.
 *
 * The numbers of the earlier generation mean nothing in the new one. So what refers to an event of the earlier generation
 * refers to sequence 0 from now on, which is before the first event. If the verification waits for evidence, the write
 * requests it again, because the jobs of the earlier generation are no longer accepted.
 */
export function startGeneration(
  known: Verification,
  { generation, at, writeId }: NewGeneration,
): VerificationWrite {
  const { ordering, evidence, findings } = known;
  const isWaiting = evidence?.status === 'pending';
  const verification: Verification = {
    ...known,
    generation,
    sequence: 0,
    version: writeId,
    findings: { ...findings, asOf: 0 },
    evidence: evidence && { ...evidence, requestedBy: 0 },
    ordering: {
      ...ordering,
      lastStatement: ordering.lastStatement === null ? null : 0,
      lookup: ordering.lookup && { ...ordering.lookup, requestedBy: 0 },
    },
    schedule: isWaiting ? markArchiveRequested(emptyJobSchedule, 0) : emptyJobSchedule,
    nextLookupAt: computeNextLookup(null, known.phase, at),
  };
  const jobs = isWaiting ? [buildArchiveJobAgain(verification, at)] : [];
  return { verification, outbox: { event: null, jobs, delivery: null } };
}
