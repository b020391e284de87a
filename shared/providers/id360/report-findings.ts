import { concludeFindings } from '../../contract/conclude-findings.ts';
import type { Findings } from '../../contract/identity.ts';
import type { Outcome } from '../../contract/state.ts';
import { mergeClaims } from '../../parsing/merge-claims.ts';
import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { makeElectronicIdentityClaims } from './electronic-identity.ts';
import { makeId360ContactClaims, makeId360IdentityClaims } from './person.ts';
import { findId360PersonAddress } from './person-address.ts';
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
 * - address: from a proof of address, else the identity document, else typed data. If a document proves an address, it
 *   is verified or extracted like the identity. Otherwise the address is submitted data (`person-address.ts`).
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
  const { identity, electronicIdentities } = sections;
  const address = findId360PersonAddress(sections);
  const documents = listId360ReportDocuments(sections, address);
  const findings: Findings = {
    claims: mergeClaims([
      { ...makeId360IdentityClaims(identity), ...omitEmptyFields({ address: address.proven }) },
      ...electronicIdentities.map(makeElectronicIdentityClaims),
    ]),
    extracted: {},
    submitted: { ...omitEmptyFields({ address: address.unproven }), ...makeId360ContactClaims(identity) },
    documents,
    checks: listProofOfAddressChecks(sections, documents, outcome),
    provider_data: providerData,
  };
  return concludeFindings(findings, outcome);
}
