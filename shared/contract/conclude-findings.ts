import type { Check, Findings } from './identity.ts';
import type { Outcome } from './state.ts';
import { withholdClaims } from './withhold-claims.ts';

/** The check of an approved result that names nobody. */
const identityNotRead: Check = {
  name: 'identity_read',
  passed: false,
  confidence: null,
  document: null,
  providerResult: null,
};

/**
 * Returns the findings of a provider's result as events publish them. Every reader of a result that should contain the
 * identity ends with this function. A reader of a webhook that only announces such a result does not call it.
 *
 * - Claims of a case that is not approved move to `extracted` (`withholdClaims`).
 * - An approval with neither a family name nor a given name gets the failed check `identity_read`. Otherwise a consumer
 *   could take the approval for a proof of identity.
 *
 * @param outcome the outcome of the case by this result; null if the result has none, or an unknown one
 */
export function concludeFindings(findings: Findings, outcome: Outcome | null): Findings {
  if (outcome !== 'approved') return withholdClaims(findings, outcome);
  const { family_name, given_name } = findings.claims;
  const isNamed = family_name !== undefined || given_name !== undefined;
  return isNamed ? findings : { ...findings, checks: [...findings.checks, identityNotRead] };
}
