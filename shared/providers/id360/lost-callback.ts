import { computeFingerprint } from '../../contract/canonical-json.ts';
import type { CaseToLookUp } from '../../contract/evidence-adapter.ts';
import { emptyFindings } from '../../contract/identity.ts';
import type { Hint, Transition } from '../../contract/transition.ts';
import type { Id360Report } from './read-report.ts';

/**
 * Makes a hint for a final callback that is lost, if the enrollment has a finished report. The hint requests the evidence,
 * and the report in it decides. So a callback that arrives later is compared with a lookup, and does not look like a
 * second result.
 */
export function makeHintForLostCallback(
  { verificationId, sequence, providerStatus }: CaseToLookUp,
  { reference, occurredAt }: Id360Report,
): Transition<Hint> {
  return {
    origin: { kind: 'hint', onRepeat: 'ignore' },
    provider: 'id360',
    verificationId,
    source: '/providers/id360',
    reference: null,
    echoedReference: reference,
    phase: 'submitted',
    outcome: null,
    finality: 'provisional',
    flags: [],
    reasons: [],
    providerStatus,
    rank: 30,
    occurredAt: null,
    fingerprint: computeFingerprint({ reportAfter: sequence, occurredAt }),
    findings: emptyFindings,
  };
}
