import { fingerprint } from '../../contract/canonical-json.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { Lookup, Transition } from '../../contract/transition.ts';
import type { ReadReport } from './read-report.ts';

/**
 * What a report means: it is what we fetched ourselves, so that it revises a state that it contradicts. Null where
 * its word is one that we do not know.
 */
export function confirmedTransition(job: EvidenceJob, report: ReadReport): Transition<Lookup> | null {
  const { status } = report;
  if (status === null) return null;
  const { phase, outcome, finality, flags, rank } = status.rule;
  return {
    origin: { kind: 'lookup', requestedBy: job.sequence, effect: 'decide' },
    provider: 'id360',
    verificationId: job.verificationId,
    source: '/providers/id360',
    reference: null,
    echoedReference: report.reference,
    phase,
    outcome,
    finality,
    flags: [...flags],
    reasons: report.reasons,
    providerStatus: status.providerStatus,
    rank,
    occurredAt: report.occurredAt,
    // Of one job: the same report answers each callback anew. Not of the whole report, which echoes secrets.
    fingerprint: fingerprint({
      requestedBy: job.sequence,
      status: status.providerStatus,
      at: report.occurredAt,
    }),
    findings: report.findings,
  };
}
