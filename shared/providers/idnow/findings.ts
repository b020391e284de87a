import type { Findings } from '../../contract/identity.ts';
import { addOnChecks } from './checks.ts';
import { identDocuments } from './documents.ts';
import { submittedValue, verifiedValue } from './field-values.ts';
import { contactClaims, userDataClaims } from './person.ts';
import { providerData } from './provider-data.ts';
import type { Ident } from './read-ident.ts';

/** Makes the findings of an ident. */
export function identFindings(ident: Ident): Findings {
  return {
    claims: userDataClaims(ident.userData, verifiedValue),
    submitted: { ...userDataClaims(ident.userData, submittedValue), ...contactClaims(ident) },
    documents: identDocuments(ident),
    checks: addOnChecks(ident),
    provider_data: providerData(ident),
  };
}
