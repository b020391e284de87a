import type { Address, Findings } from '../../contract/identity.ts';
import { parseInstant } from '../../parsing/instant.ts';
import { omitEmpty } from '../../parsing/omit-empty.ts';
import { nonBlank } from '../../parsing/text.ts';
import { contactClaims, id360Address, identityClaims } from './person.ts';
import type { Sections } from './read-sections.ts';
import { reportDocuments } from './report-documents.ts';

/**
 * Makes the findings of a report. ID360 fills the report's `identity` from several sources (ID360, "Proof File Reading
 * Guide"):
 *
 * - identity: from an electronic identity, else the identity document, else typed data. It is verified if the
 *   enrollment is approved.
 * - address: from a proof of address, else the identity document, else typed data. It is verified if the enrollment is
 *   approved and a document contains an address.
 * - e-mail: from typed data. It is never verified.
 *
 * @param approved true if ID360 has approved the enrollment
 */
export function reportFindings(sections: Sections, approved: boolean): Findings {
  const { identity } = sections;
  const typed = omitEmpty({ address: id360Address(identity) });
  const documentAddress = addressInDocuments(sections);
  // If a document contains an address, the address in `identity` comes from this document, so it is proven.
  const proven = documentAddress === null ? {} : { address: documentAddress, ...typed };
  return {
    claims: approved ? { ...identityClaims(identity), ...proven } : {},
    submitted: { ...(documentAddress === null ? typed : {}), ...contactClaims(identity) },
    documents: reportDocuments(sections),
    checks: [],
    provider_data: providerData(sections),
  };
}

/** Returns the address in the first proof of address. If there is none, returns the address in an identity document. */
function addressInDocuments({ identity, extractedIdentities, proofsOfAddress }: Sections): Address | null {
  const addresses = [
    ...proofsOfAddress.map(id360Address),
    ...[...extractedIdentities, identity].map(({ extra }) =>
      omitEmpty({ street_address: nonBlank(extra.address)?.trim() }),
    ),
  ];
  return addresses.find((address) => Object.keys(address).length > 0) ?? null;
}

/**
 * Returns the data for which the event contract has no field, under ID360's names. Messages are left out, because they
 * are free text.
 */
function providerData({ report, statusCodes, unreadable }: Sections) {
  return omitEmpty({
    version: nonBlank(report.version),
    level: nonBlank(report.level),
    environment: nonBlank(report.environment),
    identity_status: nonBlank(report.identity_status),
    process_uuid: nonBlank(report.process_uuid),
    process_name: nonBlank(report.process_name),
    creation_time: parseInstant(report.creation_time),
    starting_time: parseInstant(report.starting_time),
    finished_time: parseInstant(report.finished_time),
    status_codes: statusCodes.map(({ where, status_code }) => omitEmpty({ code: status_code.code, where })),
    /** Names the sections and fields that have an unexpected type. Only the archived report contains their values. */
    unreadable_sections: [...new Set(unreadable)],
  });
}
