import type { Findings } from '../../contract/identity.ts';
import { listIdnowAddOnChecks } from './checks.ts';
import { listCheckedIdentDocuments } from './documents.ts';
import { getSubmittedFieldValue, getVerifiedFieldValue } from './field-values.ts';
import { makeIdnowContactClaims, makeIdnowUserDataClaims } from './person.ts';
import { buildIdnowProviderData } from './provider-data.ts';
import type { Ident } from './read-ident.ts';

/** Makes the findings of an ident. */
export function makeIdentFindings(ident: Ident): Findings {
  return {
    claims: makeIdnowUserDataClaims(ident.userData, getVerifiedFieldValue),
    submitted: {
      ...makeIdnowUserDataClaims(ident.userData, getSubmittedFieldValue),
      ...makeIdnowContactClaims(ident),
    },
    documents: listCheckedIdentDocuments(ident),
    checks: listIdnowAddOnChecks(ident),
    provider_data: buildIdnowProviderData(ident),
  };
}
