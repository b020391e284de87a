import type { Findings } from './identity.ts';
import type { Outcome } from './state.ts';

/**
 * Moves the claims to `extracted`, unless the case is approved: the provider vouches only for the claims of an approved
 * case. This function never moves anything back, so an approval alone does not turn extracted facts into claims.
 */
export function withholdClaims(findings: Findings, outcome: Outcome | null): Findings {
  if (outcome === 'approved') return findings;
  const { claims, extracted } = findings;
  return { ...findings, claims: {}, extracted: { ...extracted, ...claims } };
}
