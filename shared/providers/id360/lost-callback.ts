import { computeFingerprint } from '../../contract/canonical-json.ts';
import type { CaseToLookUp } from '../../contract/evidence-adapter.ts';
import { emptyFindings } from '../../contract/identity.ts';
import type { Statement, Transition } from '../../contract/transition.ts';
import { pickStateForProviderStatus } from '../../parsing/provider-status.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import type { Id360Report } from './read-report.ts';
import { hasEnrollmentReport } from './statuses.ts';

/**
 * Makes the statement of a final callback that is lost, from the enrollment's report. Like the callback, it has no findings:
 * it requests the evidence, and the job that archives the report publishes them.
 *
 * @throws EvidenceError if the report's status is unknown
 */
export function makeStatementOfLostCallback(
  { verificationId }: CaseToLookUp,
  { status, reference, reasons, occurredAt }: Id360Report,
): Transition<Statement> {
  if (status === null) throw new EvidenceError('unexpected', 'GET report: answered an unknown status');
  const { rule, providerStatus } = status;
  return {
    origin: { kind: 'statement', signals: 'state', evidence: hasEnrollmentReport(rule) ? 'fetch' : 'none' },
    provider: 'id360',
    verificationId,
    source: '/providers/id360',
    reference: null,
    echoedReference: reference,
    ...pickStateForProviderStatus(rule),
    reasons,
    providerStatus,
    occurredAt,
    fingerprint: computeFingerprint({ report: verificationId, providerStatus, occurredAt }),
    findings: emptyFindings,
  };
}
