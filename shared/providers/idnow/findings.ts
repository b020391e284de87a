import { concludeFindings } from '../../contract/conclude-findings.ts';
import type { Findings } from '../../contract/identity.ts';
import type { Outcome } from '../../contract/state.ts';
import { listIdnowAddOnChecks } from './checks.ts';
import { listCheckedIdentDocuments } from './documents.ts';
import { getSubmittedFieldValue, getVerifiedFieldValue } from './field-values.ts';
import { makeIdnowContactClaims, makeIdnowUserDataClaims } from './person.ts';
import { buildIdnowProviderData } from './provider-data.ts';
import type { Ident } from './read-ident.ts';

/**
 * Makes the findings of an ident. IDnow vouches for a verified value only if it has approved the ident.
 *
 * @param outcome the outcome of the ident by its IDnow status; null if the ident is open
 */
export function makeIdentFindings(ident: Ident, outcome: Outcome | null): Findings {
  const findings: Findings = {
    claims: makeIdnowUserDataClaims(ident.userData, getVerifiedFieldValue),
    extracted: {},
    submitted: {
      ...makeIdnowUserDataClaims(ident.userData, getSubmittedFieldValue),
      ...makeIdnowContactClaims(ident),
    },
    documents: listCheckedIdentDocuments(ident),
    checks: listIdnowAddOnChecks(ident),
    provider_data: buildIdnowProviderData(ident),
  };
  return concludeFindings(findings, outcome);
}
