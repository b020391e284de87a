import { fingerprint } from '../../contract/canonical-json.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { Lookup, Transition } from '../../contract/transition.ts';
import { fieldsOfRule } from '../../parsing/provider-status.ts';
import type { ReadReport } from './read-report.ts';

/**
 * Makes the transition of a fetched report. As a lookup, it revises a final state that it contradicts.
 *
 * @returns null if the report's status is unknown
 */
export function lookupTransition(job: EvidenceJob, report: ReadReport): Transition<Lookup> | null {
  const { status } = report;
  if (status === null) return null;
  return {
    origin: { kind: 'lookup', requestedBy: job.sequence, effect: 'decide' },
    provider: 'id360',
    verificationId: job.verificationId,
    source: '/providers/id360',
    reference: null,
    echoedReference: report.reference,
    ...fieldsOfRule(status.rule),
    reasons: report.reasons,
    providerStatus: status.providerStatus,
    occurredAt: report.occurredAt,
    // Covers the job, so that the same report counts as an answer to each callback. Does not cover the whole report,
    // because the report echoes secrets.
    fingerprint: fingerprint({
      requestedBy: job.sequence,
      status: status.providerStatus,
      at: report.occurredAt,
    }),
    findings: report.findings,
  };
}
