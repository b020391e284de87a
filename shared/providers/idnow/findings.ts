import type { Findings } from '../../contract/identity.ts';
import { checksOf } from './checks.ts';
import { documentsOf } from './documents.ts';
import { submitted, verified } from './field.ts';
import type { Ident } from './ident.ts';
import { contactOf, personOf } from './person.ts';
import { providerData } from './provider-data.ts';

export function findingsOf(ident: Ident): Findings {
  return {
    claims: personOf(ident.userData, verified),
    submitted: { ...personOf(ident.userData, submitted), ...contactOf(ident) },
    documents: documentsOf(ident),
    checks: checksOf(ident),
    provider_data: providerData(ident),
  };
}
