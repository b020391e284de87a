import type { Findings } from '../../contract/identity.ts';
import { idnowAddOnChecks } from './checks.ts';
import { identDocuments } from './documents.ts';
import { submittedFieldValue, verifiedFieldValue } from './field-values.ts';
import { idnowContactClaims, userDataClaims } from './person.ts';
import { idnowProviderData } from './provider-data.ts';
import type { Ident } from './read-ident.ts';

/** Makes the findings of an ident. */
export function identFindings(ident: Ident): Findings {
  return {
    claims: userDataClaims(ident.userData, verifiedFieldValue),
    submitted: { ...userDataClaims(ident.userData, submittedFieldValue), ...idnowContactClaims(ident) },
    documents: identDocuments(ident),
    checks: idnowAddOnChecks(ident),
    provider_data: idnowProviderData(ident),
  };
}
