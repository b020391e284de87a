import { concludeFindings } from '../../contract/conclude-findings.ts';
import type { Findings } from '../../contract/identity.ts';
import type { Outcome } from '../../contract/state.ts';
import { listIdnowAddOnChecks } from './checks.ts';
import { listCheckedIdentDocuments } from './documents.ts';
import { getSubmittedFieldValue, getVerifiedFieldValue } from './field-values.ts';
import { makeIdnowContactClaims, makeIdnowUserDataClaims } from './person.ts';
import { findProofOfAddress } from './proof-of-address.ts';
import { buildIdnowProviderData } from './provider-data.ts';
import type { Ident } from './read-ident.ts';

/**
 * Makes the findings of an ident. IDnow vouches for a verified value only if it has approved the ident.
 *
 * If the proof of address has passed, the address in the claims is the address on that document. The address in `userdata`
 * is usually the one on the identity document, or the one that our company had sent.
 *
 * @param outcome the outcome of the ident by its IDnow status; null if the ident is open
 */
export function makeIdentFindings(ident: Ident, outcome: Outcome | null): Findings {
  const documents = listCheckedIdentDocuments(ident);
  const proof = findProofOfAddress(ident, documents);
  const findings: Findings = {
    claims: {
      ...makeIdnowUserDataClaims(ident.userData, getVerifiedFieldValue),
      ...(proof.verified && { address: proof.verified }),
    },
    extracted: {},
    submitted: {
      ...makeIdnowUserDataClaims(ident.userData, getSubmittedFieldValue),
      ...makeIdnowContactClaims(ident),
    },
    documents,
    checks: listIdnowAddOnChecks(ident, proof.document),
    provider_data: buildIdnowProviderData(ident, proof.verified !== null),
  };
  return concludeFindings(findings, outcome);
}
