import { getJsonMember, isObject } from '../../parsing/member-of.ts';
import { maxEntriesPerSection } from '../../parsing/read-section.ts';
import { type ElectronicIdentity, readElectronicIdentities } from './electronic-identity.ts';
import { flatEntries } from './flat-entries.ts';
import { collectProofStatuses } from './proof-of-address-status.ts';
import { type Id360Identity, readId360Identity } from './read-identity.ts';
import { bankDetailsKeys, proofOfAddressKeys } from './section-keys.ts';
import { pickTexts, type Texts } from './texts.ts';

export type Id360ProofOfAddress = Texts<(typeof proofOfAddressKeys)[number]>;
export type Id360BankDetails = Texts<(typeof bankDetailsKeys)[number]>;

/** The sections of a report about the person and the documents, as far as they are readable. */
export interface Id360ReportSections {
  readonly identity: Id360Identity;
  readonly electronicIdentities: readonly ElectronicIdentity[];
  readonly extractedIdentities: readonly Id360Identity[];
  readonly proofsOfAddress: readonly Id360ProofOfAddress[];
  readonly bankDetails: readonly Id360BankDetails[];
  /** ID360's statuses of the documents that the user uploaded as proofs of address. */
  readonly proofOfAddressStatuses: readonly string[];
  /** The paths of the lists that have more entries than we read. */
  readonly cut: readonly string[];
}

/** Reads the sections of a report. Every member may have an unexpected type; the leaf table then accounts for it. */
export function readId360ReportSections(report: unknown): Id360ReportSections {
  const cut: string[] = [];
  const listAt = (...path: string[]): object[] => {
    const { entries, isCut } = listEntries(path.reduce(getJsonMember, report));
    if (isCut) cut.push(path.join('.'));
    return entries;
  };
  return {
    identity: readId360Identity(getJsonMember(report, 'identity')),
    electronicIdentities: readElectronicIdentities(
      listAt('external_methods', 'id_num', 'results', 'id_num_out_token'),
    ),
    extractedIdentities: listAt('extracted_data', 'identity').map(readId360Identity),
    proofsOfAddress: listAt('extracted_data', 'proof_of_address').map((entry) =>
      pickTexts(entry, proofOfAddressKeys),
    ),
    bankDetails: listAt('extracted_data', 'bank_details').map((entry) => pickTexts(entry, bankDetailsKeys)),
    // All statuses are read, because a single KO after 200 others refuses the proof, too.
    proofOfAddressStatuses: collectProofStatuses(getJsonMember(report, 'documents')),
    cut,
  };
}

/** Returns the first objects of a section. A list of 1 MiB can hold 300,000 entries, so the number is limited. */
function listEntries(section: unknown): { readonly entries: object[]; readonly isCut: boolean } {
  const entries = flatEntries(section);
  return {
    entries: entries.slice(0, maxEntriesPerSection).filter(isObject),
    isCut: entries.length > maxEntriesPerSection,
  };
}
