import type { IdentityDocument } from '../../contract/identity.ts';
import { parseDate } from '../../parsing/date.ts';
import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { nullIfBlank } from '../../parsing/text.ts';
import { makeId360AddressClaim, makeId360IdentityClaims } from './person.ts';
import type { Id360IdentityWithDocument, Id360ReportSections } from './read-sections.ts';
import type { Id360BankDetails, Id360IdentityDocumentFields, Id360ProofOfAddress } from './report-schemas.ts';

/** Returns the documents that ID360 has read: identity documents, proofs of address, bank details. */
export function listId360ReportDocuments(sections: Id360ReportSections): IdentityDocument[] {
  return [
    ...identityDocuments(sections),
    ...sections.proofsOfAddress.flatMap(proofOfAddress),
    ...sections.bankDetails.flatMap(bankDetails),
  ];
}

/**
 * Returns the identity documents of a report. Older reports contain the document only in `identity.extra`. Later
 * reports repeat it in `extracted_data`, which we prefer.
 */
function identityDocuments({ identity, extractedIdentities }: Id360ReportSections): IdentityDocument[] {
  const extracted = extractedIdentities.flatMap(identityDocument);
  if (extracted.length > 0) return extracted;
  return Object.keys(documentData(identity.extra)).length === 0 ? [] : identityDocument(identity);
}

function identityDocument(identity: Id360IdentityWithDocument): IdentityDocument[] {
  const { extra } = identity;
  const content = omitEmptyFields({
    ...documentData(extra),
    claims: omitEmptyFields({
      ...makeId360IdentityClaims(identity),
      address: makeId360AddressClaim(identity),
    }),
    provider_data: omitEmptyFields({
      address: nullIfBlank(extra.address),
      mrz: [extra.mrz_line_1, extra.mrz_line_2, extra.mrz_line_3].flatMap((line) => nullIfBlank(line) ?? []),
    }),
  });
  return documentUnlessEmpty(documentType(extra), content);
}

function documentData(extra: Id360IdentityDocumentFields) {
  return omitEmptyFields({
    document_number: nullIfBlank(extra.id_number),
    date_of_issuance: parseDate(extra.issuing_date, 'DD/MM/YYYY'),
    date_of_expiry: parseDate(extra.expiration_date, 'DD/MM/YYYY'),
    issuer: omitEmptyFields({ name: nullIfBlank(extra.issuer) }),
  });
}

/**
 * Returns the type of an identity document. The machine-readable zone begins with the type (ICAO 9303; `D1` is the EU's
 * driving licence). A document without this zone counts as an identity card, because ID360 requests identity cards.
 */
function documentType({ mrz_line_1: mrz }: Id360IdentityDocumentFields): string {
  const kind = (nullIfBlank(mrz)?.trim() ?? '').slice(0, 2).toUpperCase();
  if (kind.startsWith('P')) return 'passport';
  if (kind === 'IR' || kind === 'AR') return 'residence_permit';
  return kind === 'D1' ? 'driving_permit' : 'idcard';
}

/**
 * Makes a document of the type `utility_statement`. ID360 does not say which type a proof of address has, but most are
 * bills.
 */
function proofOfAddress(proof: Id360ProofOfAddress): IdentityDocument[] {
  return documentUnlessEmpty(
    'utility_statement',
    omitEmptyFields({
      date_of_issuance: parseDate(proof.date, 'DD/MM/YYYY'),
      claims: omitEmptyFields({ address: makeId360AddressClaim(proof) }),
      provider_data: omitEmptyFields({ full_name: nullIfBlank(proof.full_name) }),
    }),
  );
}

/**
 * Makes a document of the type `bank_statement`. ID360's bank details (a French RIB) contain the IBAN and the BIC of an
 * account, but no transactions.
 */
function bankDetails({ full_name, iban, bic }: Id360BankDetails): IdentityDocument[] {
  const account = omitEmptyFields({
    full_name: nullIfBlank(full_name),
    iban: nullIfBlank(iban),
    bic: nullIfBlank(bic),
  });
  return documentUnlessEmpty('bank_statement', omitEmptyFields({ provider_data: account }));
}

/** Returns a list of one document, or an empty list if nothing could be read from the document. */
function documentUnlessEmpty(type: string, content: Omit<IdentityDocument, 'type'>): IdentityDocument[] {
  return Object.keys(content).length === 0 ? [] : [{ type, ...content }];
}
