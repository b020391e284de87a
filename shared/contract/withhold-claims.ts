import type { Findings } from './identity.ts';
import type { Outcome } from './state.ts';

/**
 * Returns the findings as the events of a case with this outcome publish them. The provider vouches for the claims only
 * if the case is approved. Otherwise the claims move to `extracted`, where nobody takes a forger's name for a verified
 * name. If both contain a field, the value of the claims stays.
 *
 * Facts in `extracted` never become claims: an approval does not say which of them the provider verified.
 *
 * @param outcome null if the case has no outcome, or if the outcome is unknown
 */
export function withholdClaims(findings: Findings, outcome: Outcome | null): Findings {
  if (outcome === 'approved') return findings;
  return { ...findings, claims: {}, extracted: { ...findings.extracted, ...findings.claims } };
}
