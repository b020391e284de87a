import { concludeFindings } from '../../contract/conclude-findings.ts';
import type { Address, Findings, PersonClaims } from '../../contract/identity.ts';
import type { Outcome } from '../../contract/state.ts';
import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { makeElectronicIdentityClaims } from './electronic-identity.ts';
import { makeId360AddressClaim, makeId360ContactClaims, makeId360IdentityClaims } from './person.ts';
import { listProofOfAddressChecks } from './proof-of-address-check.ts';
import type { Id360ReportSections } from './read-sections.ts';
import { listId360ReportDocuments } from './report-documents.ts';

/**
 * Makes the findings of a report. ID360 fills the report's `identity` from several sources (ID360, "Proof File Reading
 * Guide"):
 *
 * - identity: from an electronic identity, else the identity document, else typed data. It is verified if the
 *   enrollment is approved; otherwise it is only extracted. What `identity` does not say is taken from the electronic
 *   identity.
 * - address: from a proof of address, else the identity document, else typed data. If a document contains an address,
 *   it is verified or extracted like the identity. Otherwise it is submitted data.
 * - e-mail: from typed data. It is never verified.
 *
 * @param providerData what no other member of the findings contains
 * @param outcome the outcome of the enrollment by the report's status; null if the status is unknown
 */
export function makeId360ReportFindings(
  sections: Id360ReportSections,
  providerData: Record<string, unknown>,
  outcome: Outcome | null,
): Findings {
  const { identity } = sections;
  const documents = listId360ReportDocuments(sections);
  const checks = listProofOfAddressChecks(sections, documents, outcome);
  const hasFailedProof = checks.some(({ passed }) => passed === false);
  const typed = omitEmptyFields({ address: makeId360AddressClaim(identity) });
  const documentAddress = addressInDocuments(sections, hasFailedProof);
  // If a document contains an address, the address in `identity` comes from this document, so it is proven.
  const proven = documentAddress === null ? {} : { address: documentAddress, ...typed };
  const findings: Findings = {
    claims: { ...electronicClaims(sections), ...makeId360IdentityClaims(identity), ...proven },
    extracted: {},
    submitted: { ...(documentAddress === null ? typed : {}), ...makeId360ContactClaims(identity) },
    documents,
    checks,
    provider_data: providerData,
  };
  return concludeFindings(findings, outcome);
}

/** Returns the claims of the electronic identities. If several give a claim, the first one counts. */
function electronicClaims({ electronicIdentities }: Id360ReportSections): PersonClaims {
  return Object.assign({}, ...electronicIdentities.toReversed().map(makeElectronicIdentityClaims));
}

/**
 * Returns the address in the first proof of address. If there is none, returns the address in an identity document.
 *
 * @param ignoresProofs true if ID360 refused a proof of address: then none of them proves the address
 */
function addressInDocuments(
  { identity, extractedIdentities, proofsOfAddress }: Id360ReportSections,
  ignoresProofs: boolean,
): Address | null {
  const addresses = [
    ...(ignoresProofs ? [] : proofsOfAddress.map(makeId360AddressClaim)),
    ...[...extractedIdentities, identity].map(({ extra }) =>
      omitEmptyFields({ street_address: extra.address }),
    ),
  ];
  return addresses.find((address) => Object.keys(address).length > 0) ?? null;
}
