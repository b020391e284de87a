import type { IdentityDocument } from '../../contract/identity.ts';
import { countryCode } from '../../parsing/country-code.ts';
import { parseDate } from '../../parsing/date.ts';
import { omitEmpty } from '../../parsing/omit-empty.ts';
import { nonBlank } from '../../parsing/text.ts';
import { idnowAddress } from './address.ts';
import { documentType } from './document-types.ts';
import { driverLicenses } from './driver-licenses.ts';
import { verifiedValue } from './field-values.ts';
import type { AdditionalDocument } from './ident-schemas.ts';
import type { ReadDocument } from './read-document.ts';
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

function identityDocument(document: ReadDocument): IdentityDocument {
  const { fields } = document;
  return omitEmpty({
    type: documentType(verifiedValue(fields.type)),
    document_number: verifiedValue(fields.number),
    date_of_issuance: parseDate(verifiedValue(fields.dateissued)),
    date_of_expiry: parseDate(verifiedValue(fields.validuntil)),
    issuer: omitEmpty({
      name: verifiedValue(fields.issuedby),
      country_code: countryCode(verifiedValue(fields.country)),
    }),
    claims: omitEmpty({
      given_name: verifiedValue(fields.firstname),
      family_name: verifiedValue(fields.lastname),
      birthdate: parseDate(verifiedValue(fields.birthday)),
    }),
    provider_data: driverLicenses(document),
  });
}

/** Reads an additional document, for example a bill that proves an address. */
function additionalDocument({ documentname, address }: AdditionalDocument): IdentityDocument {
  return omitEmpty({
    type: documentType(nonBlank(documentname)),
    claims: omitEmpty({ address: idnowAddress(address, verifiedValue) }),
  });
}
