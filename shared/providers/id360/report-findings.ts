import type { Address, Findings } from '../../contract/identity.ts';
import type { Outcome } from '../../contract/state.ts';
import { withholdClaims } from '../../contract/withhold-claims.ts';
import { parseInstant } from '../../parsing/instant.ts';
import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { nullIfBlank } from '../../parsing/text.ts';
import { makeId360AddressClaim, makeId360ContactClaims, makeId360IdentityClaims } from './person.ts';
import type { Id360ReportSections } from './read-sections.ts';
import { listId360ReportDocuments } from './report-documents.ts';

/**
 * Makes the findings of a report. ID360 fills the report's `identity` from several sources (ID360, "Proof File Reading
 * Guide"):
 *
 * - identity: from an electronic identity, else the identity document, else typed data. It is verified if the
 *   enrollment is approved; otherwise it is only extracted.
 * - address: from a proof of address, else the identity document, else typed data. If a document contains an address,
 *   it is verified or extracted like the identity. Otherwise it is submitted data.
 * - e-mail: from typed data. It is never verified.
 *
 * @param outcome the outcome of the enrollment by the report's status; null if the status is unknown
 */
export function makeId360ReportFindings(sections: Id360ReportSections, outcome: Outcome | null): Findings {
  const { identity } = sections;
  const typed = omitEmptyFields({ address: makeId360AddressClaim(identity) });
  const documentAddress = addressInDocuments(sections);
  // If a document contains an address, the address in `identity` comes from this document, so it is proven.
  const proven = documentAddress === null ? {} : { address: documentAddress, ...typed };
  const findings: Findings = {
    claims: { ...makeId360IdentityClaims(identity), ...proven },
    extracted: {},
    submitted: { ...(documentAddress === null ? typed : {}), ...makeId360ContactClaims(identity) },
    documents: listId360ReportDocuments(sections),
    checks: [],
    provider_data: providerData(sections),
  };
  return withholdClaims(findings, outcome);
}

/** Returns the address in the first proof of address. If there is none, returns the address in an identity document. */
function addressInDocuments({
  identity,
  extractedIdentities,
  proofsOfAddress,
}: Id360ReportSections): Address | null {
  const addresses = [
    ...proofsOfAddress.map(makeId360AddressClaim),
    ...[...extractedIdentities, identity].map(({ extra }) =>
      omitEmptyFields({ street_address: nullIfBlank(extra.address)?.trim() }),
    ),
  ];
  return addresses.find((address) => Object.keys(address).length > 0) ?? null;
}

/**
 * Returns the data for which the event contract has no field, under ID360's names. ID360's messages are left out,
 * because they are free text.
 */
function providerData({ report, statusCodes, unreadable }: Id360ReportSections) {
  return omitEmptyFields({
    version: nullIfBlank(report.version),
    level: nullIfBlank(report.level),
    environment: nullIfBlank(report.environment),
    identity_status: nullIfBlank(report.identity_status),
    process_uuid: nullIfBlank(report.process_uuid),
    process_name: nullIfBlank(report.process_name),
    creation_time: parseInstant(report.creation_time),
    starting_time: parseInstant(report.starting_time),
    finished_time: parseInstant(report.finished_time),
    status_codes: statusCodes.map(({ where, status_code }) =>
      omitEmptyFields({ code: status_code.code, where }),
    ),
    /**
     * The names of the sections and fields that have an unexpected type. Their values are only in the archived
     * `report.json`.
     */
    unreadable_sections: [...new Set(unreadable)],
  });
}
