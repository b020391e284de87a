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
 * - An approval that names nobody gets the failed check `identity_read` (`checkIdentity`).
 *
 * @param outcome the outcome of the case by this result; null if the result has none, or an unknown one
 */
export function concludeFindings(findings: Findings, outcome: Outcome | null): Findings {
  return outcome === 'approved' ? checkIdentity(findings) : withholdClaims(findings, outcome);
}

/**
 * Adds the failed check `identity_read` to the findings of an approved case whose claims have neither a family name nor a
 * given name. Otherwise a consumer could take the approval for a proof of identity. The check is added once.
 */
export function checkIdentity(findings: Findings): Findings {
  const { claims, checks } = findings;
  const isNamed = claims.family_name !== undefined || claims.given_name !== undefined;
  const isChecked = checks.some(({ name, passed }) => name === identityNotRead.name && passed === false);
  return isNamed || isChecked ? findings : { ...findings, checks: [...checks, identityNotRead] };
}
