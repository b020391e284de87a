import type { IdentityDocument } from '../../contract/identity.ts';
import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { listElectronicIdentityDocuments } from './electronic-identity.ts';
import { listId360IdentityDocuments } from './identity-documents.ts';
import { makeId360AddressClaim } from './person.ts';
import type { Id360PersonAddress } from './person-address.ts';
import type { Id360BankDetails, Id360ProofOfAddress, Id360ReportSections } from './read-sections.ts';
import { parseId360Date } from './values.ts';

/** ID360 does not say which type a proof of address has, but most are bills. */
export const proofOfAddressType = 'utility_statement';

/** Returns the documents that ID360 has read: identity documents, electronic identities, proofs of address, bank details. */
export function listId360ReportDocuments(
  sections: Id360ReportSections,
  { isFromIdentityDocument }: Pick<Id360PersonAddress, 'isFromIdentityDocument'>,
): IdentityDocument[] {
  return [
    ...listId360IdentityDocuments(sections, isFromIdentityDocument),
    ...sections.electronicIdentities.flatMap(listElectronicIdentityDocuments),
    ...sections.proofsOfAddress.flatMap(proofOfAddress),
    ...sections.bankDetails.flatMap(bankDetails),
  ];
}

function proofOfAddress(proof: Id360ProofOfAddress): IdentityDocument[] {
  return documentUnlessEmpty(
    proofOfAddressType,
    omitEmptyFields({
      date_of_issuance: parseId360Date(proof.date),
      claims: omitEmptyFields({ address: makeId360AddressClaim(proof) }),
      provider_data: omitEmptyFields({ full_name: proof.full_name }),
    }),
  );
}

/**
 * Makes a document of the type `bank_statement`. ID360's bank details (a French RIB) contain the IBAN and the BIC of an
 * account, but no transactions.
 */
function bankDetails(account: Id360BankDetails): IdentityDocument[] {
  return documentUnlessEmpty('bank_statement', omitEmptyFields({ provider_data: { ...account } }));
}

/** Returns a list of one document, or an empty list if nothing could be read from the document. */
function documentUnlessEmpty(type: string, content: Omit<IdentityDocument, 'type'>): IdentityDocument[] {
  return Object.keys(content).length === 0 ? [] : [{ type, ...content }];
}
