import type { Address, Findings } from '../../contract/identity.ts';
import { parseInstant } from '../../parsing/instant.ts';
import { omitEmpty } from '../../parsing/omit-empty.ts';
import { nonBlank } from '../../parsing/text.ts';
import { contactClaims, id360Address, identityClaims } from './person.ts';
import type { Sections } from './read-sections.ts';
import { reportDocuments } from './report-documents.ts';

/**
 * Makes the findings of a report. ID360 fills `identity` in this order (ID360, "Proof File Reading Guide"):
 *
 * - identity: from an electronic identity, the identity document, or typed data. Verified if the enrollment is approved.
 * - address: from a proof of address, the identity document, or typed data. Verified if, in addition, a document has it.
 * - e-mail: from typed data. Never verified.
 *
 * @param approved whether ID360 has approved the enrollment
 */
export function reportFindings(sections: Sections, approved: boolean): Findings {
  const { identity } = sections;
  const typed = omitEmpty({ address: id360Address(identity) });
  const documentAddress = addressInDocuments(sections);
  // If a document has an address, ID360 has taken the address of `identity` from it.
  const proven = documentAddress === null ? {} : { address: documentAddress, ...typed };
  return {
    claims: approved ? { ...identityClaims(identity), ...proven } : {},
    submitted: { ...(documentAddress === null ? typed : {}), ...contactClaims(identity) },
    documents: reportDocuments(sections),
    checks: [],
    provider_data: providerData(sections),
  };
}

/** Returns the first address of a proof of address, or else of an identity document. */
function addressInDocuments({ identity, extractedIdentities, proofsOfAddress }: Sections): Address | null {
  const addresses = [
    ...proofsOfAddress.map(id360Address),
    ...[...extractedIdentities, identity].map(({ extra }) =>
      omitEmpty({ street_address: nonBlank(extra.address)?.trim() }),
    ),
  ];
  return addresses.find((address) => Object.keys(address).length > 0) ?? null;
}

/** Returns the data that has no place in the event contract, under ID360's names. Messages are left out: they are free text. */
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
    /** Sections and fields of an unexpected type. Only the archived report contains them. */
    unreadable_sections: [...new Set(unreadable)],
  });
}
