import type { Address, Findings } from '../../contract/identity.ts';
import { parseInstant } from '../../parsing/instant.ts';
import { present } from '../../parsing/present.ts';
import { text } from '../../parsing/text.ts';
import { addressOf, contactOf, personOf } from './person.ts';
import { documentsOf } from './report-documents.ts';
import type { Sections } from './sections.ts';

/**
 * A report's `identity` is filled from an electronic identity, else from the identity document, else from what
 * was typed; its address from a proof of address, else from the identity document, else from what was typed; its
 * e-mail from what was typed (ID360, "Proof File Reading Guide"). So it is verified only where the enrollment is
 * correct, the address only where a paper was read that has one, and the contact never.
 *
 * @param approved whether ID360 says that the enrollment is correct
 */
export function findingsOf(sections: Sections, approved: boolean): Findings {
  const { identity } = sections;
  const typed = present({ address: addressOf(identity) });
  const onPaper = addressOnPaper(sections);
  // Where a paper has one, the identity's was taken from it.
  const proven = onPaper === null ? {} : { address: onPaper, ...typed };
  return {
    claims: approved ? { ...personOf(identity), ...proven } : {},
    submitted: { ...(onPaper === null ? typed : {}), ...contactOf(identity) },
    documents: documentsOf(sections),
    checks: [],
    provider_data: providerData(sections),
  };
}

/** The first that was read from a proof of address, else from an identity document. */
function addressOnPaper({ identity, extractedIdentities, proofsOfAddress }: Sections): Address | null {
  const addresses = [
    ...proofsOfAddress.map(addressOf),
    ...[...extractedIdentities, identity].map(({ extra }) =>
      present({ street_address: text(extra.address)?.trim() }),
    ),
  ];
  return addresses.find((address) => Object.keys(address).length > 0) ?? null;
}

/** What has no common word, under ID360's names. Never a message: those are free text. */
function providerData({ report, statusCodes, unreadable }: Sections) {
  return present({
    version: text(report.version),
    level: text(report.level),
    environment: text(report.environment),
    identity_status: text(report.identity_status),
    process_uuid: text(report.process_uuid),
    process_name: text(report.process_name),
    creation_time: parseInstant(report.creation_time),
    starting_time: parseInstant(report.starting_time),
    finished_time: parseInstant(report.finished_time),
    status_codes: statusCodes.map(({ where, status_code }) => present({ code: status_code.code, where })),
    /** Sections and fields that were not of the expected type; they are in the archived report only. */
    unreadable_sections: [...new Set(unreadable)],
  });
}
