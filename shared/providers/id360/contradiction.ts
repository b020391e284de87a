import { fingerprint } from '../../contract/canonical-json.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { Transition } from '../../contract/transition.ts';
import type { ReadReport } from './read-report.ts';
import { statusOf } from './statuses.ts';

/**
 * The transition that a report means where its status is another than the callback's: the report is what we
 * fetched ourselves. Null where they agree, or where the report's word is one that we do not know.
 */
export function contradiction(job: EvidenceJob, report: ReadReport): Transition | null {
  const { status } = report;
  if (status === null || status.rule === statusOf(job.providerStatus)?.rule) return null;
  const { phase, outcome, finality, flags, rank } = status.rule;
  return {
    provider: 'id360',
    verificationId: job.verificationId,
    source: '/providers/id360',
    reference: report.reference,
    phase,
    outcome,
    finality,
    flags: [...flags],
    reasons: report.reasons,
    providerStatus: status.word,
    rank,
    occurredAt: report.occurredAt,
    // Not of the whole report, which echoes secrets: what it says of the outcome.
    fingerprint: fingerprint({ report: job.verificationId, status: status.word, at: report.occurredAt }),
    confirmed: true,
    progress: false,
    // It is being archived at this moment.
    wantsEvidence: false,
    findings: report.findings,
  };
}
