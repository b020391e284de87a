import { computeFingerprint } from '../../contract/canonical-json.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { Lookup, Transition } from '../../contract/transition.ts';
import { pickStateForProviderStatus } from '../../parsing/provider-status.ts';
import type { Id360Report } from './read-report.ts';

/**
 * Makes the transition of a fetched report. The origin of the transition is a lookup, so it can revise a final state
 * that differs from the report.
 *
 * @returns null if the report's status is unknown
 */
export function makeId360LookupTransition(job: EvidenceJob, report: Id360Report): Transition<Lookup> | null {
  const { status } = report;
  if (status === null) return null;
  return {
    origin: { kind: 'lookup', requestedBy: job.sequence, effect: 'decide' },
    provider: 'id360',
    verificationId: job.verificationId,
    source: '/providers/id360',
    reference: null,
    echoedReference: report.reference,
    ...pickStateForProviderStatus(status.rule),
    reasons: report.reasons,
    providerStatus: status.providerStatus,
    occurredAt: report.occurredAt,
    // The fingerprint contains `requestedBy`, so that the same report is no duplicate if another callback requested it.
    // The fingerprint does not contain the whole report, because the report repeats our secret callback header.
    fingerprint: computeFingerprint({
      requestedBy: job.sequence,
      status: status.providerStatus,
      at: report.occurredAt,
    }),
    findings: report.findings,
  };
}
