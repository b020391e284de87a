import { fingerprint } from '../../contract/canonical-json.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { State } from '../../contract/state.ts';
import type { Transition } from '../../contract/transition.ts';
import type { ReadReport } from './read-report.ts';
import { statusOf } from './statuses.ts';

/**
 * The transition that a report means where its status is another than that of the state in force: the report is
 * what we fetched ourselves. Null where they agree, or where the report's word is one that we do not know.
 */
export function contradiction(job: EvidenceJob, state: State, report: ReadReport): Transition | null {
  const { status } = report;
  if (status === null || status.rule === statusOf(state.providerStatus)?.rule) return null;
  const { phase, outcome, finality, flags, rank } = status.rule;
  return {
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
    providerStatus: status.word,
    rank,
    occurredAt: report.occurredAt,
    // Of one job: the same report contradicts each callback anew. Not of the whole report, which echoes secrets.
    fingerprint: fingerprint({ askedBy: job.sequence, status: status.word, at: report.occurredAt }),
    confirmed: true,
    progress: false,
    // It is being archived at this moment.
    wantsEvidence: false,
    findings: report.findings,
  };
}
