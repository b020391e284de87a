import { computeFingerprint } from '../../contract/canonical-json.ts';
import { emptyFindings } from '../../contract/identity.ts';
import type { Statement, Transition } from '../../contract/transition.ts';
import type { Verification } from '../../verifications/verification.ts';

/**
 * Makes the transition of a case that can no longer complete: it has expired, but only provisionally. A final result that
 * arrives nevertheless still counts, so the transition has the rank of the state that it ends. The provider's status stays.
 */
export function makeOverdueTransition(known: Verification): Transition<Statement> {
  const { provider, verificationId, source, reference, providerStatus, flags, reasons, ordering } = known;
  return {
    origin: { kind: 'statement', signals: 'state', evidence: 'none' },
    provider,
    verificationId,
    source,
    reference,
    phase: 'completed',
    outcome: 'expired',
    finality: 'provisional',
    flags,
    reasons,
    providerStatus,
    rank: ordering.rank,
    occurredAt: null,
    fingerprint: computeFingerprint({ overdue: known.sequence }),
    findings: emptyFindings,
  };
}
