import type { IdentityDocument } from '../../contract/identity.ts';
import { countryCode } from '../../parsing/country-code.ts';
import { parseDate } from '../../parsing/date.ts';
import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { nullIfBlank } from '../../parsing/text.ts';
import { idnowAddressClaim } from './address.ts';
import { idnowDocumentType } from './document-types.ts';
import { driverLicenses } from './driver-licenses.ts';
import { verifiedFieldValue } from './field-values.ts';
import type { IdnowAdditionalDocument } from './ident-schemas.ts';
import type { IdnowDocument } from './read-document.ts';
import type { Ident } from './read-ident.ts';

/**
 * Returns the documents that IDnow has checked: first the identity documents, then the additional documents. Empty
 * documents are left out.
 */
export function identDocuments(ident: Ident): IdentityDocument[] {
  return [
    ...[ident.document, ident.secondDocument].map(identityDocument),
    ...ident.additionalDocuments.map(additionalDocument),
  ].filter((document) => Object.keys(document).length > 0);
}

function identityDocument(document: IdnowDocument): IdentityDocument {
  const { fields } = document;
  return omitEmptyFields({
    type: idnowDocumentType(verifiedFieldValue(fields.type)),
    document_number: verifiedFieldValue(fields.number),
    date_of_issuance: parseDate(verifiedFieldValue(fields.dateissued)),
    date_of_expiry: parseDate(verifiedFieldValue(fields.validuntil)),
    issuer: omitEmptyFields({
      name: verifiedFieldValue(fields.issuedby),
      country_code: countryCode(verifiedFieldValue(fields.country)),
    }),
    claims: omitEmptyFields({
      given_name: verifiedFieldValue(fields.firstname),
      family_name: verifiedFieldValue(fields.lastname),
      birthdate: parseDate(verifiedFieldValue(fields.birthday)),
    }),
    provider_data: driverLicenses(document),
  });
}

/** Reads an additional document, for example a bill that proves an address. */
function additionalDocument({ documentname, address }: IdnowAdditionalDocument): IdentityDocument {
  return omitEmptyFields({
    type: idnowDocumentType(nullIfBlank(documentname)),
    claims: omitEmptyFields({ address: idnowAddressClaim(address, verifiedFieldValue) }),
  });
}
