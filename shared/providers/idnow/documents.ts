import type { IdentityDocument } from '../../contract/identity.ts';
import { parseCountryCode } from '../../parsing/country-code.ts';
import { parseDate } from '../../parsing/date.ts';
import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { makeIdnowAddressClaim } from './address.ts';
import { mapIdnowDocumentType } from './document-types.ts';
import { listDriverLicenseClasses } from './driver-licenses.ts';
import { getVerifiedFieldValue } from './field-values.ts';
import type { IdnowDocument } from './read-document.ts';
import type { Ident, IdnowAdditionalDocument } from './read-ident.ts';

/**
 * Returns the documents that IDnow has checked: first the identity documents, then the additional documents. Empty
 * documents are left out.
 */
export function listCheckedIdentDocuments(ident: Ident): IdentityDocument[] {
  return [
    ...[ident.document, ident.secondDocument].map(identityDocument),
    ...ident.additionalDocuments.map(additionalDocument),
  ].filter((document) => Object.keys(document).length > 0);
}

function identityDocument(document: IdnowDocument): IdentityDocument {
  const { fields } = document;
  return omitEmptyFields({
    type: mapIdnowDocumentType(getVerifiedFieldValue(fields.type)),
    document_number: getVerifiedFieldValue(fields.number),
    date_of_issuance: parseDate(getVerifiedFieldValue(fields.dateissued)),
    date_of_expiry: parseDate(getVerifiedFieldValue(fields.validuntil)),
    issuer: omitEmptyFields({
      name: getVerifiedFieldValue(fields.issuedby),
      country_code: parseCountryCode(getVerifiedFieldValue(fields.country)),
    }),
    claims: omitEmptyFields({
      given_name: getVerifiedFieldValue(fields.firstname),
      family_name: getVerifiedFieldValue(fields.lastname),
      birthdate: parseDate(getVerifiedFieldValue(fields.birthday)),
    }),
    provider_data: listDriverLicenseClasses(document),
  });
}

/** Returns an additional document, for example a bill that proves an address. */
function additionalDocument({ documentname, address }: IdnowAdditionalDocument): IdentityDocument {
  return omitEmptyFields({
    type: mapIdnowDocumentType(documentname),
    claims: omitEmptyFields({ address: makeIdnowAddressClaim(address, getVerifiedFieldValue) }),
  });
}
